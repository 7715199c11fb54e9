// How much reading a PDF may cost, and qpdf's decoders put under it. Included by pdf.cpp alone.
//
// qpdf unpacks cross-reference and object streams whole, through as many decoders one behind the
// other as the file names: its Flate decoder is replaced, for the whole process, by one that takes
// every byte it makes from the budget of the thread's reading, and of which only a few may stand at
// once. The others (LZW, run lengths, ASCII), which no maker of Factur-X uses, decode nothing.
#pragma once
#include <cstddef>

namespace deodat::payments::electronic {

inline constexpr std::size_t decoders_max = 4;

// So many bytes, or whatever is counted; who asks for more is thrown out, then and ever after.
class Allowance {
  public:
    explicit Allowance(std::size_t most) : left_(most) {}
    void take(std::size_t count);
    void give_back(std::size_t count) { left_ += count; }
    bool exhausted() const { return exhausted_; }

  private:
    std::size_t left_;
    bool exhausted_ = false;
};

struct PdfBudget {
    explicit PdfBudget(std::size_t structure_bytes)
        : read(structure_bytes), unpacked(structure_bytes) {}

    Allowance read;                    // from the file
    Allowance unpacked;                // by the decoders
    Allowance standing{decoders_max};  // decoders, while a stream is read
    bool exhausted() const {
        return read.exhausted() || unpacked.exhausted() || standing.exhausted();
    }

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
