// How much reading a PDF may cost, and qpdf's decoders put under it. Included by pdf.cpp alone.
//
// qpdf unpacks cross-reference and object streams whole, without a bound: its Flate decoder is
// replaced, for the whole process, by one that takes every byte it makes from the budget of the
// thread's reading. LZW, which no maker of Factur-X uses, is not decoded at all.
#pragma once
#include <cstddef>

namespace deodat::payments::electronic {

// So many bytes; who asks for more is thrown out, then and ever after.
class Allowance {
  public:
    explicit Allowance(std::size_t bytes) : left_(bytes) {}
    void take(std::size_t bytes);
    bool exhausted() const { return exhausted_; }

  private:
    std::size_t left_;
    bool exhausted_ = false;
};

struct PdfBudget {
    explicit PdfBudget(std::size_t structure_bytes)
        : read(structure_bytes), unpacked(structure_bytes) {}

    Allowance read;      // from the file
    Allowance unpacked;  // by the decoders
    bool exhausted() const { return read.exhausted() || unpacked.exhausted(); }

    // For its life, the decoders of this thread draw on that budget.
    class Scope {
      public:
        explicit Scope(PdfBudget& budget);
        ~Scope();
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;
    };
};

}  // namespace deodat::payments::electronic
