use super::source::Source;
use super::template;
use super::*;
use crate::domain::codes::Department;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn node<'a>(code: &'a str, before: &'a str, days: i64) -> Node<'a> {
    Node {
        code,
        before,
        days,
        calendar: "",
    }
}

fn dates(nodes: &[Node<'_>]) -> Result<Vec<String>, Broken> {
    let every = |_: &str| Arc::new(Calendar::always("all"));
    backward(day("2026-12-20"), nodes, &every).map(|dates| {
        dates
            .iter()
            .map(|(code, d)| format!("{code} {d}"))
            .collect()
    })
}

#[test]
fn chains_go_back_from_the_delivery() {
    let nodes = [node("c", "b", 3), node("a", "", 1), node("b", "a", 2)];
    assert_eq!(
        dates(&nodes).unwrap(),
        ["a 2026-12-19", "b 2026-12-17", "c 2026-12-14"]
    );
}

#[test]
fn a_broken_network_says_where() {
    let unknown = dates(&[node("a", "x", 1)]);
    let (code, before) = ("a".to_owned(), "x".to_owned());
    assert_eq!(unknown, Err(Broken::Unknown { code, before }));
    let lone = |code: &str| {
        Err(Broken::Loop {
            code: code.to_owned(),
        })
    };
    assert_eq!(dates(&[node("a", "a", 1)]), lone("a"));
    assert_eq!(
        dates(&[node("a", "b", 1), node("b", "c", 1), node("c", "b", 1)]),
        lone("a")
    );
    let code = "a".to_owned();
    assert_eq!(dates(&[node("a", "", -1)]), Err(Broken::NoDay { code }));
}

#[test]
fn the_templates_are_whole() {
    let world = World::default();
    for family in ["shirt", "hinge", ""] {
        let nodes = template::nodes(&world, family);
        assert!(nodes.len() >= 6, "{family}");
        for n in &nodes {
            assert!(Department::of(&n.owner).is_some(), "{}", n.owner);
            assert!(Source::parse(&n.source).is_some(), "{}", n.source);
            assert!(!n.zh.is_empty() && !n.en.is_empty());
        }
        let network: Vec<Node<'_>> = nodes
            .iter()
            .map(|n| self::node(&n.code, &n.before, n.days))
            .collect();
        assert_eq!(dates(&network).map(|d| d.len()), Ok(nodes.len()));
    }
    assert_ne!(
        template::nodes(&world, "shirt"),
        template::nodes(&world, "hinge")
    );
}

#[test]
fn every_source_is_read_back() {
    let all = Source::all();
    assert!(all.iter().all(|s| Source::parse(s).is_some()));
    assert_eq!(Source::parse("sample:none"), None);
    assert_eq!(Source::parse(""), None);
}
