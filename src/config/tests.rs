use super::*;

fn none(_: &str) -> Option<String> {
    None
}

fn read(text: &str) -> (Config, Vec<Fault>) {
    Config::read(Path::new("config.toml"), text, &none)
}

#[test]
fn an_empty_file_gives_every_default_and_each_default_is_allowed() {
    let (config, faults) = read("");
    assert_eq!((config.clone(), faults), (Config::default(), vec![]));
    let mut again = Config::default();
    for key in KEYS {
        assert_eq!(again.set(key.name, key.default, Source::Default), Ok(()));
    }
    let kept = Backup {
        days: 7,
        weeks: 4,
        months: 12,
    };
    assert_eq!(config.backup(), kept);
    assert_eq!((config.lang(), config.mouse()), (None, false));
}

#[test]
fn what_is_wrong_is_named_with_its_line_and_the_rest_holds() {
    let text = "lang = \"fr\"\nthem = \"light\"\nmouse = true\n\n[backup]\ndays = 30\nweeks = -1\nmonths = 1.5\n";
    let (config, faults) = read(text);
    assert!(config.mouse());
    assert_eq!((config.lang(), config.backup().days), (None, 30));
    assert_eq!((config.backup().weeks, config.backup().months), (4, 12));
    let lines: Vec<Place> = faults.iter().map(|f| f.place).collect();
    assert_eq!(lines, [1, 2, 7, 8].map(Place::Line));
    assert!(matches!(&faults[1].wrong, Wrong::UnknownKey { key, .. } if key == "them"));
    assert_eq!(config.get("mouse").1, Source::File(3));
}

#[test]
fn a_line_that_is_no_toml_spoils_itself_alone() {
    let (config, faults) = read("mouse = \"on\"\nlang = = en\ntour = \"off\"\n");
    assert!(config.mouse());
    assert!(!faults.is_empty());
    assert!(
        faults.iter().all(|f| f.place == Place::Line(2)),
        "{faults:?}"
    );
    let (_, faults) = read("\u{0}\u{1}[[[");
    assert!(!faults.is_empty());
}

#[test]
fn the_environment_goes_before_the_file_and_the_command_line_before_both() {
    let variable = |name: &str| match name {
        "GENDAN_LANG" => Some("en".to_owned()),
        "GENDAN_BACKUP_DAYS" => Some("many".to_owned()),
        _ => None,
    };
    let text = "lang = \"zh-CN\"\nbackup.days = 3\n";
    let (mut config, faults) = Config::read(Path::new("c"), text, &variable);
    assert_eq!(config.lang(), Some(Lang::En));
    assert_eq!(config.backup().days, 3);
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].place, Place::Variable("GENDAN_BACKUP_DAYS"));
    config.set("lang", "zh-CN", Source::Argument).unwrap();
    assert_eq!(config.lang(), Some(Lang::Zh));
}

#[test]
fn a_theme_file_starts_from_its_base_and_refuses_by_line() {
    use crate::theme::{Theme, ThemeName};
    use ratatui::style::Color;
    let text = "bad = \"#ff0000\"\nwarn = 208\nbase = \"light\"\nok = \"grün\"\nbed = \"red\"\ndim = \"default\"\n";
    let (theme, faults) = themes::read(Path::new("t.toml"), text);
    let light = Theme::named(ThemeName::Light);
    assert_eq!(theme.bad, Some(Color::Rgb(255, 0, 0)));
    assert_eq!(theme.warn, Some(Color::Indexed(208)));
    assert_eq!((theme.ok, theme.dim), (light.ok, None));
    let lines: Vec<Place> = faults.iter().map(|f| f.place).collect();
    assert_eq!(lines, [4, 5].map(Place::Line));
}
