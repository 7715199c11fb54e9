#include "ledger/payments/electronic/pdf_filters.h"

#include <cstdlib>
#include <memory>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFStreamFilter.hh>
#include <stdexcept>
#include <vector>

#include "ledger/base/invariant.h"

namespace deodat::payments::electronic {
namespace {

thread_local PdfBudget* current = nullptr;

// Counts what passes.
class Meter final : public Pipeline {
  public:
    explicit Meter(Pipeline* after) : Pipeline("meter", after) {}
    void write(const unsigned char* data, std::size_t length) override {
        DEODAT_ASSERT(current != nullptr, "a PDF is read under a budget");
        current->unpacked.take(length);
        getNext()->write(data, length);
    }
    void finish() override { getNext()->finish(); }
};

// Undoes the PNG predictors, in which cross-reference streams are written: each row begins with the
// number of its filter (PNG specification, 9.2).
class PngRows final : public Pipeline {
  public:
    PngRows(Pipeline* after, std::size_t row_bytes, std::size_t pixel_bytes)
        : Pipeline("png", after),
          row_(row_bytes + 1),
          above_(row_bytes),
          pixel_bytes_(pixel_bytes) {}

    void write(const unsigned char* data, std::size_t length) override {
        for (std::size_t i = 0; i < length; ++i) {
            row_[filled_++] = data[i];
            if (filled_ == row_.size()) pass();
        }
    }
    void finish() override {
        if (filled_ > 1) {
            std::fill(row_.begin() + static_cast<std::ptrdiff_t>(filled_), row_.end(), 0);
            pass();
        }
        getNext()->finish();
    }

  private:
    void pass() {
        for (std::size_t i = 0; i < above_.size(); ++i) {
            const int left = i < pixel_bytes_ ? 0 : row_[i + 1 - pixel_bytes_];
            const int corner = i < pixel_bytes_ ? 0 : above_[i - pixel_bytes_];
            row_[i + 1] =
                static_cast<unsigned char>(row_[i + 1] + predicted(left, above_[i], corner));
        }
        std::copy(row_.begin() + 1, row_.end(), above_.begin());
        filled_ = 0;
        getNext()->write(above_.data(), above_.size());
    }

    int predicted(int left, int up, int corner) const {
        switch (row_[0]) {
            case 1:
                return left;
            case 2:
                return up;
            case 3:
                return (left + up) / 2;
            case 4: {
                const int to_left = std::abs(up - corner);
                const int to_up = std::abs(left - corner);
                const int to_corner = std::abs(left + up - 2 * corner);
                if (to_left <= to_up && to_left <= to_corner) return left;
                return to_up <= to_corner ? up : corner;
            }
            default:
                return 0;
        }
    }

    std::vector<unsigned char> row_;    // with its filter's number
    std::vector<unsigned char> above_;  // the row before, undone
    std::size_t pixel_bytes_;
    std::size_t filled_ = 0;
};

constexpr int png_predictor_first = 10;
constexpr int png_predictor_last = 15;
constexpr long long row_bits_max = 1LL << 20;

class BoundedFlate final : public QPDFStreamFilter {
  public:
    BoundedFlate() {
        DEODAT_ASSERT(current != nullptr, "a PDF is read under a budget");
        current->standing.take(1);
    }
    ~BoundedFlate() override {
        if (current != nullptr) current->standing.give_back(1);
    }
    bool setDecodeParms(QPDFObjectHandle parameters) override {
        if (!parameters.isDictionary()) return parameters.isNull();
        const long long predictor = value(parameters, "/Predictor", 1);
        if (predictor == 1) return true;
        const long long columns = value(parameters, "/Columns", 1);
        const long long colors = value(parameters, "/Colors", 1);
        const long long bits = value(parameters, "/BitsPerComponent", 8);
        const bool sane = columns > 0 && columns <= row_bits_max && colors > 0 && colors <= 32 &&
                          bits > 0 && bits <= 16 && columns * colors * bits <= row_bits_max;
        if (predictor < png_predictor_first || predictor > png_predictor_last || !sane) {
            return false;
        }
        row_bytes_ = static_cast<std::size_t>(columns * colors * bits + 7) / 8;
        pixel_bytes_ = static_cast<std::size_t>(colors * bits + 7) / 8;
        return true;
    }

    Pipeline* getDecodePipeline(Pipeline* next) override {
        if (row_bytes_ > 0) {
            rows_ = std::make_unique<PngRows>(next, row_bytes_, pixel_bytes_);
            next = rows_.get();
        }
        meter_ = std::make_unique<Meter>(next);
        flate_ = std::make_unique<Pl_Flate>("inflate", meter_.get(), Pl_Flate::a_inflate);
        return flate_.get();
    }

  private:
    static long long value(QPDFObjectHandle parameters, const char* key, long long otherwise) {
        QPDFObjectHandle found = parameters.getKey(key);
        if (found.isNull()) return otherwise;
        return found.isInteger() ? found.getIntValue() : -1;
    }

    std::size_t row_bytes_ = 0;
    std::size_t pixel_bytes_ = 0;
    std::unique_ptr<PngRows> rows_;
    std::unique_ptr<Meter> meter_;
    std::unique_ptr<Pl_Flate> flate_;
};

class Undecoded final : public QPDFStreamFilter {
  public:
    bool setDecodeParms(QPDFObjectHandle /*parameters*/) override { return false; }
    Pipeline* getDecodePipeline(Pipeline* next) override { return next; }
};

bool put_in_place() {
    QPDF::registerStreamFilter("/FlateDecode", [] { return std::make_shared<BoundedFlate>(); });
    for (const char* filter :
         {"/LZWDecode", "/RunLengthDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/Crypt"}) {
        QPDF::registerStreamFilter(filter, [] { return std::make_shared<Undecoded>(); });
    }
    return true;
}

}  // namespace

void Allowance::take(std::size_t count) {
    if (count > left_ || exhausted_) {
        exhausted_ = true;
        throw std::runtime_error("the PDF asks for more than its bounds");
    }
    left_ -= count;
}

PdfBudget::Scope::Scope(PdfBudget& budget) {
    static const bool placed = put_in_place();
    DEODAT_ASSERT(placed && current == nullptr, "one PDF is read at a time in a thread");
    current = &budget;
}

PdfBudget::Scope::~Scope() {
    current = nullptr;
}

}  // namespace deodat::payments::electronic
