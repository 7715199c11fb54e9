// Exact fractions for models: slow, plain, and never silently wrong: what does not fit throws.
#pragma once
#include <compare>
#include <cstdint>
#include <stdexcept>

namespace deodat::model {

class Rational {
  public:
    __extension__ using Whole = __int128;

    Rational() = default;
    Rational(std::int64_t whole) : top_(whole) {}  // NOLINT(google-explicit-constructor)
    Rational(Whole top, Whole bottom) : top_(top), bottom_(bottom) {
        if (bottom_ == 0) throw std::domain_error("a fraction over nothing");
        if (bottom_ < 0) {
            top_ = product(top_, -1);
            bottom_ = product(bottom_, -1);
        }
        const Whole divisor = common(top_ < 0 ? -top_ : top_, bottom_);
        top_ /= divisor;
        bottom_ /= divisor;
    }

    friend Rational operator+(const Rational& a, const Rational& b) {
        return {sum(product(a.top_, b.bottom_), product(b.top_, a.bottom_)),
                product(a.bottom_, b.bottom_)};
    }
    friend Rational operator-(const Rational& a, const Rational& b) { return a + b * Rational(-1); }
    friend Rational operator*(const Rational& a, const Rational& b) {
        return {product(a.top_, b.top_), product(a.bottom_, b.bottom_)};
    }
    friend bool operator==(const Rational& a, const Rational& b) {
        return a.top_ == b.top_ && a.bottom_ == b.bottom_;
    }
    friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
        const Whole left = product(a.top_, b.bottom_);
        const Whole right = product(b.top_, a.bottom_);
        return left < right   ? std::strong_ordering::less
               : left > right ? std::strong_ordering::greater
                              : std::strong_ordering::equal;
    }

    // The largest whole number that is not above.
    std::int64_t floor() const {
        Whole whole = top_ / bottom_;
        if (top_ % bottom_ < 0) whole -= 1;
        return narrow(whole);
    }
    std::int64_t ceiling() const { return -(*this * Rational(-1)).floor(); }
    // To the nearest; a half goes away from zero.
    std::int64_t nearest() const {
        const Rational half(1, 2);
        return top_ < 0 ? (*this - half).ceiling() : (*this + half).floor();
    }
    // When it is whole; asking it of another is the model's own mistake.
    std::int64_t whole() const {
        if (bottom_ != 1) throw std::domain_error("not a whole number");
        return narrow(top_);
    }

  private:
    static Whole sum(Whole a, Whole b) {
        Whole out = 0;
        if (__builtin_add_overflow(a, b, &out)) throw std::overflow_error("sum");
        return out;
    }
    static Whole product(Whole a, Whole b) {
        Whole out = 0;
        if (__builtin_mul_overflow(a, b, &out)) throw std::overflow_error("product");
        return out;
    }
    static Whole common(Whole a, Whole b) {
        while (b != 0) {
            const Whole rest = a % b;
            a = b;
            b = rest;
        }
        return a == 0 ? 1 : a;
    }
    static std::int64_t narrow(Whole value) {
        if (value < INT64_MIN || value > INT64_MAX) throw std::overflow_error("beyond 64 bits");
        return static_cast<std::int64_t>(value);
    }

    Whole top_ = 0;
    Whole bottom_ = 1;
};

}  // namespace deodat::model
