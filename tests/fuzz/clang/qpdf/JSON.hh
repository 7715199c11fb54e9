// Stands before qpdf's own JSON.hh when clang compiles for the fuzzers: that one holds a vector of
// its class while it is incomplete, which clang 14 with libstdc++ 12 refuses in C++20. What we
// include of qpdf only names the class.
#pragma once
#include <qpdf/DLL.h>
#include <qpdf/PointerHolder.hh>
#include <qpdf/Types.h>

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

class Pipeline;
class InputSource;
class JSON;
