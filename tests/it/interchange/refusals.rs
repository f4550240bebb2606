//! What is wrong is refused with its place, what it is and what would be right, in both
//! languages; and nothing of the file stays behind.

use gendan::text::Lang;
use gendan::transfer::json::{self, Fault, ImportError, JsonError};

use super::{DOCUMENTED, bring, export, store};

/// The errors of a file with these keys beside the format, brought into a file with data.
fn errors(keys: &str) -> Vec<JsonError> {
    errors_of(&format!("{{\"format\": \"gendan/1\", {keys}}}"))
}

fn errors_of(text: &str) -> Vec<JsonError> {
    let mut store = store();
    bring(&mut store, DOCUMENTED);
    let before = export(&store);
    let errors = match json::parse(text) {
        Err(errors) => errors,
        Ok(file) => match json::bring(&mut store, &file, "bad.json") {
            Err(ImportError::Refused(errors)) => errors,
            other => panic!("taken in: {text}: {other:?}"),
        },
    };
    assert_eq!(export(&store), before, "something stayed behind: {text}");
    errors
}

/// Checks the one error of a file.
fn check(keys: &str, path: &str, value: &str, fault: &Fault) {
    let errors = errors(keys);
    let [error] = errors.as_slice() else {
        panic!("{keys}: {errors:?}");
    };
    assert_eq!(
        (error.path.as_str(), error.value.as_str(), &error.fault),
        (path, value, fault),
        "{keys}"
    );
    let (zh, en) = (error.say(Lang::Zh), error.say(Lang::En));
    assert!(
        zh.starts_with(path) && en.starts_with(path) && zh != en,
        "{zh} {en}"
    );
    assert!(!zh.contains("{0}") && !en.contains("{0}"), "{zh} {en}");
    assert!(zh.contains(value) && en.contains(value), "{zh} {en}");
}

fn line(field: &str, value: &str) -> String {
    let rest = if field == "qty" { "" } else { ", \"qty\": 5" };
    format!(
        "\"orders\": [{{\"no\": \"SO-2\", \"lines\": [{{\"no\": 1, \"{field}\": {value}{rest}}}]}}]"
    )
}

#[test]
fn numbers_are_read_exactly_or_refused_with_their_place() {
    let zero = || "0".to_owned();
    for (field, value, found, fault) in [
        ("qty", "0.1234567", "0.1234567", Fault::TooFine),
        ("qty", "\"0.1234567\"", "\"0.1234567\"", Fault::TooFine),
        ("qty", "1e30", "1e30", Fault::TooLarge),
        (
            "qty",
            "\"99999999999999999999999999\"",
            "\"99999999999999999999999999\"",
            Fault::TooLarge,
        ),
        ("qty", "0", "0", Fault::NotAbove(zero())),
        ("qty", "-1", "-1", Fault::NotAbove(zero())),
        ("qty", "\"ten\"", "\"ten\"", Fault::WantAmount),
        ("qty", "true", "true", Fault::WantAmount),
        ("qty", "[1]", "[1]", Fault::WantAmount),
        ("qty", "null", "null", Fault::WantValue),
        ("unit_price", "-0.5", "-0.5", Fault::Below(zero())),
        ("over_pct", "3", "3", Fault::Above("1".into())),
    ] {
        let path = format!("orders[0].lines[0].{field}");
        check(&line(field, value), &path, found, &fault);
    }
    check(
        "\"suppliers\": [{\"code\": \"S\", \"lead_days\": 2.5}]",
        "suppliers[0].lead_days",
        "2.5",
        &Fault::WantWhole,
    );
    check(
        "\"suppliers\": [{\"code\": \"S\", \"lead_days\": -2}]",
        "suppliers[0].lead_days",
        "-2",
        &Fault::Below(zero()),
    );
    // What a float would bend stays as it is.
    let mut store = store();
    bring(
        &mut store,
        &format!(
            "{{\"format\": \"gendan/1\", {}}}",
            line("qty", "999999999.999999")
        ),
    );
    assert!(export(&store).contains("\"qty\": \"999999999.999999\""));
}

#[test]
fn kinds_dates_and_codes_are_held_to() {
    let date = |v: &str| line("requested_date", v);
    let at = "orders[0].lines[0].requested_date";
    for bad in [
        "\"2026-02-30\"",
        "\"2026-1-5\"",
        "\"5/1/2026\"",
        "20260105",
        "\"0202-01-05\"",
    ] {
        check(&date(bad), at, bad, &Fault::WantDate);
    }
    let order = |field: &str, value: &str| {
        format!("\"orders\": [{{\"no\": \"SO-2\", \"{field}\": {value}}}]")
    };
    let in_order = |field: &str, value: &str, fault: &Fault| {
        check(
            &order(field, value),
            &format!("orders[0].{field}"),
            value,
            fault,
        );
    };
    in_order("received_at", "\"2026-11-23\"", &Fault::WantMoment);
    in_order("words", "7", &Fault::WantText);
    in_order("on_hold", "\"yes\"", &Fault::WantFlag);
    in_order("on_hold", "1", &Fault::WantFlag);
    in_order("lines", "{}", &Fault::WantList);
    in_order(
        "policy",
        "\"some\"",
        &Fault::WantCode(["split", "all", "none-late"].map(str::to_owned).to_vec()),
    );
    check("\"orders\": [[]]", "orders[0]", "[]", &Fault::WantObject);
    check(
        "\"orders\": [{\"no\": \" \"}]",
        "orders[0].no",
        "\" \"",
        &Fault::Empty,
    );
    check("\"orders\": [{}]", "orders[0].no", "", &Fault::Missing);
    check(
        "\"customers\": [{\"code\": \"C\", \"class\": \"D\"}]",
        "customers[0].class",
        "\"D\"",
        &Fault::WantCode(["A", "B", "C"].map(str::to_owned).to_vec()),
    );
    let week =
        |v: &str| format!("\"calendars\": [{{\"code\": \"X\", \"week\": {{\"mon\": {v}}}}}]");
    check(
        &week("[\"12:00-08:00\"]"),
        "calendars[0].week.mon",
        "[\"12:00-08:00\"]",
        &Fault::WantShifts,
    );
    check(
        &week("\"08:00-12:00\""),
        "calendars[0].week.mon",
        "\"08:00-12:00\"",
        &Fault::WantList,
    );
    check(
        "\"capacity_blocks\": [{\"work_centre\": \"SEW\", \"start\": \"2026-12-02T08:00\", \"end\": \"2026-12-01T08:00\"}]",
        "capacity_blocks[0].end",
        "2026-12-01T08:00",
        &Fault::EarlyEnd,
    );
    check("\"now\": \"noon\"", "now", "\"noon\"", &Fault::WantMoment);
    check(
        "\"journal\": [{\"at\": \"2026-11-23\"}]",
        "journal[0].at",
        "\"2026-11-23\"",
        &Fault::WantStamp,
    );
    check(
        "\"journal\": [{\"who\": \"Li\"}]",
        "journal[0].at",
        "",
        &Fault::Missing,
    );
    let long = format!("\"{}\"", "长".repeat(json::TEXT_MAX + 1));
    let errors = errors(&order("words", &long));
    assert_eq!(errors[0].fault, Fault::TooLong(json::TEXT_MAX));
    assert!(errors[0].value.chars().count() < 70);
}

#[test]
fn unknown_keys_are_refused_with_what_is_allowed() {
    let keys = |text: &str| match &errors(text)[..] {
        [
            JsonError {
                path,
                fault: Fault::UnknownKey(keys),
                ..
            },
        ] => (path.clone(), keys.clone()),
        other => panic!("{other:?}"),
    };
    let (path, allowed) = keys("\"ordres\": []");
    assert_eq!(path, "ordres");
    assert!(allowed.contains(&"orders") && allowed.contains(&"journal"));
    let (path, allowed) = keys(&line("quantity", "5"));
    assert_eq!(path, "orders[0].lines[0].quantity");
    assert!(allowed.contains(&"qty") && allowed.contains(&"sizes") && !allowed.contains(&"id"));
    let (path, _) = keys("\"calendars\": [{\"code\": \"X\", \"week\": {\"monday\": []}}]");
    assert_eq!(path, "calendars[0].week.monday");
    assert_eq!(
        keys("\"orders\": [{\"no\": \"SO-2\", \"ref\": 1}]").0,
        "orders[0].ref"
    );
    check(
        "\"orders\": [], \"orders\": []",
        "orders",
        "",
        &Fault::KeyTwice,
    );
    check(
        "\"orders\": [{\"no\": \"A\", \"no\": \"B\"}]",
        "orders[0].no",
        "\"B\"",
        &Fault::KeyTwice,
    );
}

#[test]
fn references_must_lead_somewhere() {
    check(
        "\"orders\": [{\"no\": \"SO-2\", \"customer\": \"C9\"}]",
        "orders[0].customer",
        "C9",
        &Fault::UnknownRow,
    );
    check(
        &line("item", "\"FP9\""),
        "orders[0].lines[0].item",
        "FP9",
        &Fault::UnknownRow,
    );
    let made =
        |rest: &str| format!("\"production_orders\": [{{\"no\": \"MO-2\", \"qty\": 1, {rest}}}]");
    check(
        &made("\"order\": \"SO-9\", \"line\": 1"),
        "production_orders[0].order",
        "SO-9",
        &Fault::UnknownRow,
    );
    check(
        &made("\"order\": \"SO-1\", \"line\": 9"),
        "production_orders[0].line",
        "SO-1 / 9",
        &Fault::UnknownRow,
    );
    check(
        &made("\"order\": \"SO-1\""),
        "production_orders[0].line",
        "",
        &Fault::Missing,
    );
    check(
        &made("\"item\": \"FP1\", \"operations\": [{\"seq\": 10, \"line\": \"L9\"}]"),
        "production_orders[0].operations[0].line",
        "SEW / L9",
        &Fault::UnknownRow,
    );
    check(
        "\"facts\": [{\"order\": \"SO-1\", \"document\": 3, \"key\": \"colour\"}]",
        "facts[0].document",
        "3",
        &Fault::UnknownRow,
    );
    check(
        "\"chases\": [{\"subject\": \"answer\", \"of\": [\"SO-1\", 1], \"at\": \"2026-11-23T08:00\"}]",
        "chases[0].of",
        "[\"SO-1\", 1]",
        &Fault::UnknownRow,
    );
    check(
        "\"chases\": [{\"subject\": \"query\", \"of\": \"Q-9\", \"at\": \"2026-11-23T08:00\"}]",
        "chases[0].of",
        "Q-9",
        &Fault::UnknownRow,
    );
}

#[test]
fn a_key_stands_once_and_what_happened_stays_as_it_was() {
    check(
        "\"customers\": [{\"code\": \"X\"}, {\"code\": \"X\"}]",
        "customers[1]",
        "X",
        &Fault::RowTwice,
    );
    check(
        "\"orders\": [{\"no\": \"SO-2\", \"lines\": [{\"no\": 1, \"qty\": 1}, {\"no\": 1, \"qty\": 2}]}]",
        "orders[0].lines[1]",
        "SO-2 / 1",
        &Fault::RowTwice,
    );
    let again = DOCUMENTED.replace("\"customer_po\": \"4500123\"", "\"customer_po\": \"other\"");
    let errors = errors_of(&again);
    assert_eq!(
        (errors[0].path.as_str(), &errors[0].fault),
        ("orders[0]", &Fault::Differs)
    );
    let fewer = DOCUMENTED.replace(
        "{ \"colour\": \"navy\", \"size\": \"M\", \"qty\": \"60\" }",
        "",
    );
    let errors = errors_of(&fewer);
    assert_eq!(
        (errors[0].path.as_str(), &errors[0].fault),
        ("orders[0].lines[0]", &Fault::Differs)
    );
    let more = DOCUMENTED.replace(
        "\"said_on\": \"2026-11-20\" }",
        "\"said_on\": \"2026-11-20\" }, { \"date\": \"2026-12-09\", \"said_on\": \"2026-11-21\" }",
    );
    let errors = errors_of(&more);
    assert_eq!(
        (errors[0].path.as_str(), &errors[0].fault),
        ("purchases[0]", &Fault::Differs)
    );
    let errors = super::refusals::errors("\"work_centres\": [{\"code\": \"SEW\", \"lines\": []}]");
    assert_eq!(
        (
            errors[0].path.as_str(),
            errors[0].value.as_str(),
            &errors[0].fault
        ),
        ("work_centres[0].lines", "L1", &Fault::StillUsed)
    );
}

#[test]
fn a_customer_po_that_is_known_is_no_new_order() {
    let order = |po: &str| {
        format!(
            "\"orders\": [{{\"no\": \"SO-2\", \"customer\": \"C1\", \"customer_po\": \"{po}\"}}]"
        )
    };
    let taken = Fault::PoTaken("SO-1".to_owned());
    check(
        &order(" 4500123"),
        "orders[0].customer_po",
        "4500123",
        &taken,
    );
    let mut store = store();
    bring(&mut store, DOCUMENTED);
    bring(
        &mut store,
        &format!("{{\"format\": \"gendan/1\", {}}}", order("4500124")),
    );
}

#[test]
fn what_is_no_file_of_ours_is_refused_as_a_whole() {
    let one = |text: &str| {
        let errors = errors_of(text);
        assert_eq!(errors.len(), 1, "{text}");
        assert!(!errors[0].say(Lang::Zh).is_empty());
        errors[0].fault.clone()
    };
    assert_eq!(one(""), Fault::Syntax { line: 1, column: 0 });
    assert_eq!(
        one("{\"format\": \"gendan/1\",\n \"orders\": [}"),
        Fault::Syntax {
            line: 2,
            column: 13
        }
    );
    assert_eq!(one("[]"), Fault::WantObject);
    assert_eq!(one("{}"), Fault::Format);
    assert_eq!(one("{\"format\": \"gendan/2\"}"), Fault::Format);
    assert_eq!(one("{\"format\": 1}"), Fault::Format);
    let deep = format!(
        "{{\"format\": \"gendan/1\", \"orders\": {}{}}}",
        "[".repeat(90_000),
        "]".repeat(90_000)
    );
    assert_eq!(one(&deep), Fault::WantObject);
}

#[test]
fn many_errors_are_listed_up_to_a_limit() {
    let row = "{\"code\": \"\"},".repeat(json::ERRORS_MAX * 3);
    let errors = errors(&format!("\"customers\": [{}{{}}]", row));
    assert_eq!(errors.len(), json::ERRORS_MAX + 1);
    assert_eq!(errors.last().unwrap().fault, Fault::More(json::ERRORS_MAX));
    let orders: String = (0..400)
        .map(|n| format!("{{\"no\": \"N{n}\", \"customer\": \"?\"}},"))
        .collect();
    let errors = super::refusals::errors(&format!("\"orders\": [{orders}{{\"no\": \"N\"}}]"));
    assert_eq!(errors.len(), json::ERRORS_MAX + 1);
}

#[test]
fn several_errors_are_found_at_once() {
    let errors = errors(
        "\"customers\": [{\"code\": 1, \"class\": \"Z\"}], \"orders\": [{\"no\": \"A\", \"currencies\": \"\"}]",
    );
    let paths: Vec<&str> = errors.iter().map(|e| e.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "customers[0].code",
            "customers[0].class",
            "orders[0].currencies"
        ]
    );
}
