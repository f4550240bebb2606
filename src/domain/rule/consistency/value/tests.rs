use proptest::prelude::*;

use super::*;

fn aliases() -> Aliases {
    Aliases::new(std::iter::empty())
}

fn check(a: &str, b: &str, wanted: Comparison) {
    let aliases = aliases();
    assert_eq!(compare(a, b, &aliases), wanted, "{a} / {b}");
    assert_eq!(compare(b, a, &aliases), wanted, "{b} / {a}");
}

#[test]
fn tolerances_and_ranges() {
    use Comparison::{Different, Same, Unclear};
    check("50±1 mm", "5 cm", Same);
    check("50±1 mm", "50mm ± 1mm", Same);
    check("50±1 mm", "50±2 mm", Different);
    check("50±1 mm", "52 mm", Different);
    check("170-180 gsm", "175 g/m²", Same);
    check("170-180 gsm", "170~180克/平方米", Same);
    check("50", "50 mm", Unclear);
    check("50 mm", "50 g", Different);
    check("约5cm", "50mm", Unclear);
    check("", "50mm", Unclear);
}

proptest! {
    /// Converting between units of one system never makes a difference, and a real one is seen.
    #[test]
    fn units_of_one_system(mm in 1i64..100_000, more in 1i64..50) {
        let aliases = aliases();
        let cm = format!("{}.{} cm", mm / 10, mm % 10);
        let m = format!("{}.{:03}米", mm / 1000, mm % 1000);
        let text = format!("{mm}mm");
        prop_assert_eq!(compare(&text, &cm, &aliases), Comparison::Same);
        prop_assert_eq!(compare(&m, &cm, &aliases), Comparison::Same);
        let other = format!("{}毫米", mm + more);
        prop_assert_eq!(compare(&cm, &other, &aliases), Comparison::Different);
    }

    /// Whatever the texts are, comparing is symmetric, and a text agrees with itself.
    #[test]
    fn symmetric(a in "[0-9a-z黑白棉%./×x± -]{0,12}", b in "[0-9a-z黑白棉%./×x± -]{0,12}") {
        let aliases = aliases();
        prop_assert_eq!(compare(&a, &b, &aliases), compare(&b, &a, &aliases));
        prop_assert_eq!(compare(&a, &a, &aliases), Comparison::Same);
    }
}
