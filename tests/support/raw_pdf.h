// PDFs written byte by byte, for what no library would write: bombs, damage.
#pragma once
#include <zlib.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace deodat::test {

inline std::string deflated(const std::string& bytes) {
    uLongf size = compressBound(bytes.size());
    std::string out(size, '\0');
    if (compress(reinterpret_cast<Bytef*>(out.data()), &size,
                 reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()) != Z_OK) {
        throw std::runtime_error("zlib");
    }
    out.resize(size);
    return out;
}

inline std::string stream_object(int number, const std::string& dictionary,
                                 const std::string& data) {
    return std::to_string(number) + " 0 obj\n<< " + dictionary + " /Length " +
           std::to_string(data.size()) + " >>\nstream\n" + data + "\nendstream\nendobj\n";
}

// A whole PDF of these objects, numbered from 1; the catalogue is object 1.
inline std::string pdf_of(const std::vector<std::string>& objects) {
    std::string out = "%PDF-1.7\n";
    std::string table = "0000000000 65535 f \n";
    for (const std::string& object : objects) {
        const std::string at = std::to_string(out.size());
        table += std::string(10 - at.size(), '0') + at + " 00000 n \n";
        out += object;
    }
    const std::size_t at = out.size();
    const std::string count = std::to_string(objects.size() + 1);
    return out + "xref\n0 " + count + "\n" + table + "trailer\n<< /Size " + count +
           " /Root 1 0 R >>\nstartxref\n" + std::to_string(at) + "\n%%EOF\n";
}

// Objects 1 and 2 of a PDF whose invoice is the stream of object 3.
constexpr const char* catalogue =
    "1 0 obj\n<< /Type /Catalog /Names << /EmbeddedFiles << /Names [(factur-x.xml) 2 0 R] >> >> "
    ">>\nendobj\n";
constexpr const char* file_spec =
    "2 0 obj\n<< /Type /Filespec /F (factur-x.xml) /UF (factur-x.xml) /EF << /F 3 0 R >> "
    ">>\nendobj\n";

}  // namespace deodat::test
