// SPDX-License-Identifier: MIT
#include "gradus/diff/check_claim.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/texts/claim_text.hpp"

namespace gradus {
namespace {

ClaimCheck check(const std::string& f, const std::string& claim, const std::vector<double>& x,
                 std::size_t i = 0) {
  return check_claim(Expression(f), Expression(claim), x, i);
}

TEST(CheckClaim, CallsARightFormulaRight) {
  EXPECT_EQ(check("x^3", "3x^2", {2}).verdict, Verdict::right);
  EXPECT_EQ(check("exp(-x) sin(3x)", "exp(-x) (3cos(3x) - sin(3x))", {0.5}).verdict,
            Verdict::right);
  EXPECT_EQ(check("x0^2 x1", "2 x0 x1", {3, 4}, 0).verdict, Verdict::right);
  EXPECT_EQ(check("x0^2 x1", "x0^2", {3, 4}, 1).verdict, Verdict::right);
  EXPECT_EQ(check("sum(x^2)", "2 x1", {3, 4}, 1).verdict, Verdict::right);
}

TEST(CheckClaim, SaysByHowMuchAWrongOneIsOff) {
  const ClaimCheck found = check("sin(x)", "-cos(x)", {0});
  EXPECT_EQ(found.verdict, Verdict::wrong);
  EXPECT_EQ(found.gap, 2);
  EXPECT_EQ(claim_text(Language::english, found), "wrong by 2: the claim is -1, the derivative 1");
  EXPECT_EQ(claim_text(Language::korean, found),
            "2만큼 틀렸습니다. 적은 식의 값은 -1, 미분값은 1입니다.");
}

TEST(CheckClaim, FindsAFaultOfALastDigit) {
  EXPECT_EQ(check("x^2", "2.0000000001x", {1}).verdict, Verdict::wrong);
  EXPECT_EQ(check("x^2", "2x + 1e-12", {1}).verdict, Verdict::wrong);
}

TEST(CheckClaim, IsNotDeceivedByAnAgreementAtOnePlace) {
  const ClaimCheck found = check("x^3", "6x", {2});  // 3 * 2^2 = 6 * 2
  EXPECT_EQ(found.verdict, Verdict::wrong);
  EXPECT_TRUE(found.is_beside);
  EXPECT_NE(found.place, (std::vector<double>{2}));
  EXPECT_EQ(check("x^2", "0", {0}).verdict, Verdict::right);  // a number is meant for the place
  EXPECT_EQ(check("x^2", "4", {2}).verdict, Verdict::right);
}

TEST(CheckClaim, ADecimalNumberIsRightToItsDigits) {
  EXPECT_EQ(check("sin(x)", "0.2675", {1.3}).verdict, Verdict::right);  // 0.26749882...
  EXPECT_EQ(check("sin(x)", "0.2674", {1.3}).verdict, Verdict::wrong);
  EXPECT_EQ(check("sin(x)", "0.26749882862458741", {1.3}).verdict, Verdict::right);
  EXPECT_EQ(check("x^2", "5", {2.2}).verdict, Verdict::wrong);  // a whole number has no last digit
}

TEST(CheckClaim, CannotTellWhereThereIsNoDerivative) {
  const ClaimCheck found = check("abs(x)", "1", {0});
  EXPECT_EQ(found.verdict, Verdict::cannot_tell);
  EXPECT_EQ(claim_text(Language::english, found).substr(0, 13), "cannot tell: ");
}

TEST(CheckClaim, CannotTellWhatRoundingHides) {
  EXPECT_EQ(check("(x + 1e16)^2 - 1e32", "2x + 2e16 + 1e3 x/x", {1}).verdict, Verdict::wrong);
  const ClaimCheck found = check("(x + 1e12) - 1e12 - x", "(x + 1e12) - 1e12 - x", {1});
  EXPECT_EQ(found.verdict, Verdict::cannot_tell);
}

TEST(CheckClaim, IsWrongWhereItHasNoValueAndTheDerivativeHas) {
  EXPECT_EQ(check("x^2", "2x + log(x - 5)", {1}).verdict, Verdict::wrong);
}

TEST(CheckClaim, RefusesACoordinateThatIsNotThere) {
  EXPECT_THROW(static_cast<void>(check("x", "1", {1}, 1)), ValueError);
  EXPECT_THROW(static_cast<void>(check("x", "x3", {1})), ValueError);
}

}  // namespace
}  // namespace gradus
