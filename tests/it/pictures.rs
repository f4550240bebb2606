//! The Gantt chart and the load map, by keys typed and text seen: both languages, small and large
//! screens, the plain symbols.

use gendan::app::outlook::{Load, week_of};
use gendan::domain::codes::BlockKind;
use gendan::panel::picture::Heat;
use gendan::panel::{At, Content, PartKind};
use gendan::plan::gather;
use gendan::text::Lang;
use gendan::theme::{Styles, SymbolSet, Theme, ThemeName};

use crate::command_line::{out, run};
use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];
const SIZES: [(u16, u16); 2] = [(80, 24), (160, 45)];

/// A user at a picture of the sample factory.
fn at(lang: Lang, stage: &str, row: &str, part: PartKind) -> User {
    let mut user = User::demo(lang);
    user.press(stage).row(row).part(part);
    user
}

fn operation(user: &User) -> i64 {
    match user.app.board().unwrap().spot().at {
        Some(At::Operation(id)) => id,
        other => panic!("no bar: {other:?}"),
    }
}

fn seq(user: &User) -> i64 {
    let id = operation(user);
    user.app.world.operations.get(id).unwrap().seq
}

/// Saves the form, reads what it would move, and takes it.
fn take(user: &mut User) {
    user.press("ctrl-s");
    assert!(!user.has_form(), "not weighed:\n{}", user.screen());
    user.press("enter");
    assert!(
        user.app.overlays.is_empty(),
        "not taken:\n{}",
        user.screen()
    );
}

fn heat(user: &User) -> Heat {
    let parts = &user.app.board().unwrap().detail.parts;
    let part = parts.iter().find(|p| p.kind == PartKind::Load).unwrap();
    match &part.content {
        Content::Heat(heat) => heat.clone(),
        other => panic!("{other:?}"),
    }
}

fn cell(user: &User) -> Load {
    let Some(At::Load {
        work_centre_id,
        from,
    }) = user.app.board().unwrap().spot().at
    else {
        panic!("no cell");
    };
    let all = user
        .app
        .outlook
        .loads
        .iter()
        .chain(user.app.outlook.load_days.iter());
    let mut here = all.filter(|l| (l.work_centre_id, l.from) == (work_centre_id, from));
    let by_day = user.app.view.load_by == gendan::panel::picture::LoadBy::Day;
    let found = if by_day {
        here.next_back()
    } else {
        here.next()
    };
    found.unwrap().clone()
}

#[test]
fn the_gantt_chart_is_read_and_walked_in_both_languages_sizes_and_symbol_sets() {
    for lang in BOTH {
        for size in SIZES {
            for set in [SymbolSet::Unicode, SymbolSet::Ascii] {
                let mut user = at(lang, "3", "MO-0105", PartKind::Gantt);
                user.size = size;
                user.app.styles = Styles::new(&Theme::named(ThemeName::Mono), set);
                let screen = user.screen();
                let words = match lang {
                    Lang::Zh => ["浮时", "最晚开工", "原因"],
                    Lang::En => ["Float", "Latest start", "Why"],
                };
                for text in words.into_iter().chain(["MO-0105", "SEW-1 "]) {
                    assert!(screen.contains(text), "{text} {size:?}:\n{screen}");
                }
                assert_eq!(seq(&user), 10);
                // Its next operation stands on another line; the cursor follows in time.
                user.press("v home right");
                assert_eq!(seq(&user), 20, "{}", user.screen());
                let screen = user.screen();
                assert!(screen.contains("SO-0105/1"), "{screen}");
                if set == SymbolSet::Ascii {
                    let drawn = screen.lines().filter(|l| l.contains("MO-0105"));
                    let mut drawn = drawn.map(|l| l.replace(|c: char| c.is_alphanumeric(), ""));
                    assert!(
                        drawn.all(|l| !l.contains(['│', '▁', '█', '░', '▸'])),
                        "{screen}"
                    );
                }
                user.press("left left left left");
                assert_eq!(seq(&user), 10);
                user.press("end");
                assert_eq!(seq(&user), 40);
                user.press("v + + + +");
                let hours = user.screen();
                assert!(hours.contains("08  12  16"), "{hours}");
                user.press("- - - - - .");
                assert!(user.screen().contains("2027"), "{}", user.screen());
            }
        }
    }
}

#[test]
fn enter_selects_the_order_of_a_bar_and_a_pin_keeps_the_cursor_on_it() {
    for lang in BOTH {
        let mut user = at(lang, "3", "MO-0105", PartKind::Gantt);
        let selected = user.app.board().unwrap().row;
        user.press("down home");
        let bar = operation(&user);
        let made = user
            .app
            .world
            .operations
            .get(bar)
            .unwrap()
            .production_order_id;
        assert_ne!(made, selected, "another order's bar:\n{}", user.screen());
        user.press("enter");
        assert_eq!(user.app.board().unwrap().row, made);
        assert_eq!(operation(&user), bar);
        user.press("p");
        assert!(
            user.app.world.operations.get(bar).unwrap().pinned,
            "{}",
            user.note()
        );
        assert_eq!(operation(&user), bar);
        assert!(user.screen().contains("* "), "{}", user.screen());
        user.press("u");
        assert!(!user.app.world.operations.get(bar).unwrap().pinned);
        assert_eq!(operation(&user), bar);
        // Elsewhere the arrows go from part to part, as they did.
        user.press("esc right");
        assert_eq!(user.app.board().unwrap().spot().part, PartKind::Operations);
        user.press("left");
        assert_eq!(user.app.board().unwrap().spot().part, PartKind::List);
    }
}

#[test]
fn help_and_hints_show_the_keys_of_the_picture() {
    for (lang, zoom, title) in [
        (Lang::Zh, "+ 放大", "图中"),
        (Lang::En, "+ Zoom in", "In this picture"),
    ] {
        let mut user = at(lang, "3", "MO-0105", PartKind::Gantt);
        assert!(user.screen().contains(zoom), "{}", user.screen());
        user.press("f1");
        assert!(user.screen().contains(title), "{}", user.screen());
    }
}

#[test]
fn the_cells_of_the_load_map_are_the_numbers_of_the_command_line() {
    let mut user = at(Lang::En, "2", "SO-0109", PartKind::Load);
    let now = user.app.store.clock().now();
    let same = gather::outlook(&user.app.world, now, gather::MOVES, &|| false).unwrap();
    user.app.take_outlook(same);
    let path = user.path();
    let db = path.display().to_string();
    let mut with_work = 0;
    for (keys, by, column) in [
        ("", "week", "percent_with_order"),
        ("w", "week", "percent"),
        ("w", "week", "wanted_percent"),
        ("v", "day", "wanted_percent"),
        ("w", "day", "percent_with_order"),
    ] {
        user.press(keys);
        let arguments = [
            "--db", &db, "list", "load", "--by", by, "--order", "SO-0109", "--format", "csv",
        ];
        let output = run(path.parent().unwrap(), &arguments);
        let text = out(&output);
        let mut lines = text.lines().map(|l| l.split(',').collect::<Vec<_>>());
        let names = lines.next().unwrap();
        let place = names.iter().position(|n| *n == column).unwrap();
        assert_eq!(names[1], by);
        let heat = heat(&user);
        assert!(heat.from.len() >= if by == "week" { 26 } else { 60 });
        let mut seen = 0;
        for line in lines {
            let world = &user.app.world;
            let centre = world
                .work_centres
                .iter()
                .find(|c| c.code == line[0])
                .unwrap();
            let Some(row) = heat.rows.iter().find(|r| r.work_centre_id == centre.id) else {
                continue;
            };
            let at = heat
                .from
                .iter()
                .position(|d| d.to_string() == line[1])
                .unwrap();
            let shown = row.cells[at].percent.unwrap_or(0);
            assert_eq!(shown.to_string(), line[place], "{} {}", line[0], line[1]);
            seen += 1;
            with_work += i32::from(shown > 0);
        }
        assert_eq!(seen, heat.rows.len() * heat.from.len());
    }
    assert!(with_work > 10);
}

#[test]
fn the_order_in_question_is_seen_and_enter_says_what_fills_a_cell() {
    for lang in BOTH {
        for size in SIZES {
            let mut user = at(lang, "2", "SO-0109", PartKind::Load);
            user.size = size;
            let adds = user.app.outlook.promises[&user.app.board().unwrap().row]
                .adds
                .clone();
            let sewing = adds.iter().max_by_key(|a| a.minutes).unwrap().clone();
            let week = week_of(sewing.day);
            for _ in 0..30 {
                let spot = user.app.board().unwrap().spot();
                match spot.at {
                    Some(At::Load {
                        work_centre_id,
                        from,
                    }) if from == week => {
                        if work_centre_id == sewing.work_centre_id {
                            break;
                        }
                        user.press("down");
                    }
                    _ => {
                        user.press("right");
                    }
                }
            }
            let screen = user.screen();
            let this = match lang {
                Lang::Zh => "本单",
                Lang::En => "This order",
            };
            assert!(screen.contains(this) && screen.contains(" +"), "{screen}");
            user.press("enter");
            assert!(user.screen().contains("SO-0109"), "{}", user.screen());
            user.press("esc w");
            assert!(!user.screen().contains("+3 "), "{}", user.screen());
            user.press("w");
            let wanted = match lang {
                Lang::Zh => "需求：",
                Lang::En => "Wanted: where",
            };
            assert!(user.screen().contains(wanted), "{}", user.screen());
            user.press("end");
            let map = heat(&user);
            assert_eq!(cell(&user).from, *map.from.last().unwrap());
            user.press("home pagedown pageup .");
            assert_eq!(cell(&user).from, week_of(user.today()));
        }
    }
}

#[test]
fn a_block_is_entered_at_a_cell_changed_dropped_and_undone() {
    for lang in BOTH {
        let mut user = at(lang, "2", "SO-0109", PartKind::Load);
        user.press("down v right right");
        let before = cell(&user);
        assert!(before.available_minutes > 0);
        let blocks = user.app.world.capacity_blocks.len();
        user.press("b")
            .fill("minutes", "100")
            .fill("note", "urgent");
        take(&mut user);
        let after = cell(&user);
        assert_eq!(
            after.available_minutes,
            before.available_minutes - 100,
            "{}",
            user.screen()
        );
        assert_eq!(after.blocked_minutes, before.blocked_minutes + 100);
        user.press("enter");
        assert!(
            user.screen().contains("urgent"),
            "listed in the cell:\n{}",
            user.screen()
        );
        user.write("urgent").press("enter");
        user.fill("minutes", "200");
        take(&mut user);
        assert_eq!(
            cell(&user).available_minutes,
            before.available_minutes - 200
        );
        assert_eq!(user.app.world.capacity_blocks.len(), blocks + 1);
        user.part(PartKind::Blocks).row("urgent").press("X");
        assert_eq!(user.app.world.capacity_blocks.len(), blocks);
        user.press("u u u");
        assert_eq!(user.app.world.capacity_blocks.len(), blocks);
        user.part(PartKind::Load);
        assert_eq!(cell(&user), before);
    }
}

#[test]
fn overtime_of_a_range_follows_the_last_shift_and_bad_input_is_refused() {
    for lang in BOTH {
        let mut user = at(lang, "2", "SO-0109", PartKind::Load);
        user.press("down right");
        let before = cell(&user);
        let centre = before.work_centre_id;
        let lines = user.app.world.lines.of(centre).count() as i64;
        let blocks = user.app.world.capacity_blocks.len();
        user.press("b right");
        user.fill("to", &(before.from + chrono::Days::new(6)).to_string());
        user.press("ctrl-s");
        assert!(user.has_form(), "overtime without minutes or times");
        user.fill("from_time", "six")
            .fill("to_time", "20:00")
            .press("ctrl-s");
        assert!(user.has_form(), "six is no time");
        user.fill("from_time", "").press("ctrl-s");
        assert!(user.has_form(), "one time alone");
        user.fill("to_time", "")
            .fill("to", "2026-01-01")
            .fill("minutes", "120");
        user.press("ctrl-s");
        assert!(user.has_form(), "the end before the start");
        user.fill("to", &(before.from + chrono::Days::new(6)).to_string());
        take(&mut user);
        let new = user.app.world.capacity_blocks.iter().skip(blocks);
        assert!(new.clone().all(|b| b.kind == BlockKind::Overtime));
        let days = new.count() as i64;
        assert!((5..=6).contains(&days), "one for each working day: {days}");
        let after = cell(&user);
        assert_eq!(
            after.available_minutes,
            before.available_minutes + 120 * days * lines
        );
        assert_eq!(
            after.overtime_minutes,
            before.overtime_minutes + 120 * days * lines
        );
        user.press("u");
        assert_eq!(
            user.app.world.capacity_blocks.len(),
            blocks,
            "undone in one"
        );
        assert_eq!(cell(&user), before);
    }
}

#[test]
fn pictures_of_an_empty_file_say_what_is_missing() {
    for lang in BOTH {
        let mut user = User::new(lang);
        user.press("2 tab right left enter b X w v . + 3 tab right v v + - . enter p");
        assert!(!user.has_form());
    }
}

#[test]
fn minutes_of_a_period_are_those_of_its_operations_and_a_week_is_the_sum_of_its_days() {
    let user = User::demo(Lang::En);
    let outlook = &user.app.outlook;
    let sum = |list: &[(i64, i64)]| list.iter().map(|(_, minutes)| minutes).sum::<i64>();
    for load in outlook.loads.iter().chain(outlook.load_days.iter()) {
        assert_eq!(load.used_minutes, sum(&load.used_by), "{load:?}");
        assert_eq!(load.wanted_minutes, sum(&load.wanted_by), "{load:?}");
        assert!(
            load.percent() <= 100 || load.available_minutes == 0,
            "{load:?}"
        );
    }
    for week in outlook.loads.iter() {
        let days = outlook
            .load_days
            .iter()
            .filter(|d| d.work_centre_id == week.work_centre_id && week_of(d.from) == week.from);
        let mut whole = Load {
            work_centre_id: week.work_centre_id,
            from: week.from,
            ..Load::default()
        };
        days.for_each(|day| whole.take(day));
        assert_eq!(whole, *week);
    }
    // Whatever is to be made in the time of the map is wanted somewhere, and as much of it.
    let all = |by: fn(&Load) -> i64| outlook.loads.iter().map(by).sum::<i64>();
    assert_eq!(all(|l| l.used_minutes), all(|l| l.wanted_minutes));
    // Three weeks on, with nothing done, the time that is left does not hold what is wanted.
    let mut user = user;
    user.sleep_until("2026-12-14".parse().unwrap());
    let outlook = &user.app.outlook;
    assert!(outlook.load_days.iter().any(|l| l.wanted_percent() > 100));
    user.press("2").part(PartKind::Load).press("v");
    user.part(PartKind::Overloads);
    assert!(user.screen().contains('%'), "{}", user.screen());
    user.press("enter");
    assert!(user.screen().contains("wanted"), "{}", user.screen());
}

#[test]
fn what_is_critical_lies_on_the_chain_of_its_own_order() {
    let user = User::demo(Lang::En);
    let outlook = &user.app.outlook;
    let mut marked = 0;
    for (id, place) in outlook.places.iter() {
        let made = place.production_order_id;
        let mut own = user.app.world.operations.of(made).map(|o| o.id);
        let last = own.rfind(|id| outlook.places.contains_key(id)).unwrap();
        assert_eq!(place.critical, outlook.chain(last).contains(id), "{id}");
        marked += i32::from(place.critical);
    }
    assert!(marked > 3);
}
