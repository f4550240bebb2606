//! What people type, and what it must mean.

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn days_are_read_as_people_type_them() {
    // A Monday.
    let today = day("2026-11-23");
    let check = |text: &str, want: &str| {
        assert_eq!(parse_date(text, today), Ok(day(want)), "{text}");
    };
    check("2026-12-01", "2026-12-01");
    check("2026.12.1", "2026-12-01");
    check("2026年12月10日", "2026-12-10");
    check("20261201", "2026-12-01");
    check("261201", "2026-12-01");
    check("26-12-1", "2026-12-01");
    check("12-1", "2026-12-01");
    check("１２－１", "2026-12-01");
    check("12/10", "2026-12-10");
    check("1210", "2026-12-10");
    check("105", "2027-01-05");
    check("12月10日", "2026-12-10");
    check("12月10", "2026-12-10");
    check("25日", "2026-11-25");
    check("5号", "2026-12-05");
    check("3-1", "2027-03-01");
    check("10-31", "2026-10-31");
    check("2-29", "2028-02-29");
    check("+7", "2026-11-30");
    check("＋２周", "2026-12-07");
    check("-3", "2026-11-20");
    check("今天", "2026-11-23");
    check(" Tomorrow ", "2026-11-24");
    check("后天", "2026-11-25");
    check("周五", "2026-11-27");
    check("周一", "2026-11-23");
    check("fri", "2026-11-27");
    check("下周三", "2026-12-02");
    check("next wed", "2026-12-02");
    check("上周五", "2026-11-20");
    check("星期日", "2026-11-29");
}

#[test]
fn what_is_no_day_is_refused_with_the_reason() {
    let today = day("2026-11-23");
    let check = |text: &str, want: DateError| {
        assert_eq!(parse_date(text, today), Err(want), "{text}");
    };
    check("  ", DateError::Empty);
    check("soon", DateError::Unreadable);
    check("12-", DateError::Unreadable);
    check("2026-12", DateError::Unreadable);
    check("5", DateError::Unreadable);
    check("12-1-1-1", DateError::Unreadable);
    check("2-30", DateError::NoSuchDay);
    check("13-1", DateError::NoSuchDay);
    check("2026-02-29", DateError::NoSuchDay);
    check("+99999", DateError::TooFar);
    for error in [
        DateError::Empty,
        DateError::Unreadable,
        DateError::NoSuchDay,
        DateError::TooFar,
    ] {
        assert_ne!(error.say(Lang::Zh), error.say(Lang::En));
    }
}

#[test]
fn a_day_without_a_year_is_the_nearest_one() {
    assert_eq!(
        parse_date("12-30", day("2027-01-02")),
        Ok(day("2026-12-30"))
    );
    assert_eq!(parse_date("1-2", day("2026-12-30")), Ok(day("2027-01-02")));
}

#[test]
fn amounts_take_thousands_marks_and_full_width_digits_but_no_unit() {
    let m = |t: &str| t.parse::<Micro>().unwrap();
    assert_eq!(parse_amount("1,200"), Ok(m("1200")));
    assert_eq!(parse_amount("１２００"), Ok(m("1200")));
    assert_eq!(parse_amount("１，２００．５"), Ok(m("1200.5")));
    assert_eq!(parse_amount("-3"), Ok(m("-3")));
    let suffix = |t: &str| Err(AmountInputError::Suffix(t.to_owned()));
    assert_eq!(parse_amount("1200 件"), suffix("件"));
    assert_eq!(parse_amount("12pcs"), suffix("pcs"));
    assert_eq!(parse_amount("1 200"), suffix("200"));
    let bad = Err(AmountInputError::Amount(AmountError::NotANumber));
    for text in ["1,5", "12,00", ",200", "abc", "1,200,5", "1.2.3", "1.2,000"] {
        assert_eq!(parse_amount(text), bad, "{text}");
    }
    assert_eq!(parse_amount("　"), Err(AmountInputError::Empty));
    let fine = Err(AmountInputError::Amount(AmountError::TooFine));
    assert_eq!(parse_amount("0.0000001"), fine);
    let said = parse_amount("12pcs").unwrap_err().say(Lang::En);
    assert!(said.contains("pcs"), "{said}");
}

proptest! {
    #[test]
    fn reading_never_panics(text in ".{0,12}") {
        let _ = parse_date(&text, day("2026-11-23"));
        let _ = parse_amount(&text);
    }

    #[test]
    fn every_day_is_read_back(days in 0_u64..20_000) {
        let date = day("2000-01-01") + Days::new(days);
        let text = date.format("%Y/%m/%d").to_string();
        prop_assert_eq!(parse_date(&text, day("2026-11-23")), Ok(date));
    }

    #[test]
    fn amounts_with_marks_are_read_back(n in 0_i64..999_999_999) {
        let qty = Micro::whole(n);
        let shown = crate::text::format::qty(qty);
        prop_assert_eq!(parse_amount(&shown), Ok(qty));
    }
}
