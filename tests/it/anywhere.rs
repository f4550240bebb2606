//! Any size, any key, any terminal: one pane on small screens, every function without letters,
//! clicks, the caret for input methods, the tour and help.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use gendan::app::action::{ACTIONS, Action};
use gendan::app::keymap::Key;
use gendan::domain::codes::Stage;
use gendan::overlay::Overlay;
use gendan::overlay::editor::Editor;
use gendan::overlay::form::{FieldKind, FormKind};
use gendan::overlay::forms;
use gendan::panel::{Content, PartKind, Row};
use gendan::text::Lang;
use gendan::text::width::width;
use gendan::theme::{Role, Styles, SymbolSet, Theme, ThemeName};
use gendan::tui::input::Input;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

#[test]
fn sixty_by_sixteen_shows_one_pane_at_a_time_and_below_it_a_sentence() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.size = (60, 16);
        for stage in 0..=6 {
            user.press(&stage.to_string());
            let list = user.screen();
            assert!(list.lines().all(|l| width(l) <= 60), "{list}");
            assert!(list.contains("Tab ") && list.contains("Space "), "{list}");
            let rows = user.app.board().unwrap().shown.len();
            if rows == 0 {
                continue;
            }
            user.press("tab");
            let detail = user.screen();
            assert_ne!(list, detail);
            user.press("esc");
            assert_eq!(user.screen(), list, "Esc goes back to the list");
        }
        let before = user.screen();
        for size in [(59, 16), (60, 15), (1, 1), (300, 3), (7, 100)] {
            user.size = size;
            let text = user.screen().replace(['\n', ' '], "");
            let sentence = match lang {
                Lang::Zh => "窗口太小",
                Lang::En => "Thewindowistoosmall",
            };
            let most = usize::from(size.0) * usize::from(size.1);
            if most > 60 {
                assert!(text.contains(sentence), "{size:?}: {text}");
            }
        }
        user.size = (60, 16);
        assert_eq!(user.screen(), before, "it comes back");
    }
}

#[test]
fn hidden_columns_are_reached_and_the_first_one_stays() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.size = (60, 16);
        user.press("1");
        let heading = |user: &mut User| user.screen().lines().nth(1).unwrap().to_owned();
        let first = heading(&mut user);
        assert!(first.contains('›'), "{first}");
        let columns = user.app.board().unwrap().listing.columns;
        let name = columns[0].title.text(lang);
        let mut seen = first.clone();
        for _ in 0..columns.len() {
            user.press(">");
            let line = heading(&mut user);
            assert!(line.contains(name) && line.contains('‹'), "{line}");
            seen.push_str(&line);
        }
        assert!(
            !heading(&mut user).contains('›'),
            "the last one is in sight"
        );
        for column in columns {
            let start: String = column.title.text(lang).chars().take(2).collect();
            assert!(seen.contains(&start), "{start} in {seen}");
        }
        for _ in 0..columns.len() {
            user.press("<");
        }
        assert_eq!(heading(&mut user), first);
    }
}

/// Opens one of the overlays that hold much.
fn overlay(user: &mut User, which: usize) {
    let keys = [
        "1 n", "ctrl-p", "ctrl-g", "f1", "1 t", "V", "B", "6 L", "0 Y", "/", "q", "ctrl-k",
        "ctrl-k 3", "1 i", "3 m", "2 i", "space", "4 n", "5 n", "r", "6 tab f1",
    ];
    user.press(keys[which % keys.len()]);
}

/// Storms that are tried; `GENDAN_STORMS` asks for more.
fn cases() -> u32 {
    let asked = std::env::var("GENDAN_STORMS").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 20, ..ProptestConfig::default() })]

    /// A storm of sizes over any overlay: no panic, nothing beyond the screen, and it comes back.
    #[test]
    fn resize_storms_do_no_harm(
        which in 0usize..21,
        sizes in prop::collection::vec((1u16..=300, 1u16..=100), 1..10),
        zh in any::<bool>(),
        ascii in any::<bool>(),
    ) {
        let mut user = User::demo(if zh { Lang::Zh } else { Lang::En });
        let set = if ascii { SymbolSet::Ascii } else { SymbolSet::Unicode };
        user.app.styles = Styles::new(&Theme::named(ThemeName::Mono), set);
        user.size = (80, 24);
        overlay(&mut user, which);
        let _ = user.screen();
        for size in sizes {
            user.app.on(Input::Resize(size.0, size.1));
            user.size = size;
            let text = user.screen();
            prop_assert!(text.lines().all(|l| width(l) <= usize::from(size.0)));
            prop_assert_eq!(text.lines().count(), usize::from(size.1));
        }
        user.size = (80, 24);
        prop_assert!(!user.screen().contains("60×16"));
    }
}

const fn needs_no_letter(key: Key) -> bool {
    match key {
        Key::Char(c) => c.is_ascii_digit() || c == ' ',
        Key::Ctrl(_) | Key::F(_) | Key::Named(_) => true,
    }
}

#[test]
fn every_action_is_reached_without_letters() {
    let mut user = User::demo(Lang::En);
    let map = user.app.keymap.clone();
    for stage in Stage::ALL {
        for always in [
            Action::Palette,
            Action::Menu,
            Action::Help,
            Action::Open,
            Action::Back,
        ] {
            let keys = map.keys(*stage, always);
            let plain = keys
                .filter(|c| c.first.is_none_or(needs_no_letter) && needs_no_letter(c.key))
                .count();
            assert!(plain > 0, "{:?} in {stage:?} needs a letter", always);
        }
        // Everything else stands in the palette, where the arrows choose.
        user.app.go(*stage, None);
        user.press("ctrl-p");
        user.size = (120, 200);
        let mut seen = String::new();
        for _ in 0..12 {
            seen.push_str(&user.screen());
            user.press("pagedown");
        }
        seen.push_str(&user.screen());
        user.press("esc");
        for info in ACTIONS {
            let here = gendan::app::route::group_stage(info.group).is_none_or(|s| s == *stage);
            let said: String = info.help.en.chars().take(18).collect();
            assert!(!here || seen.contains(&said), "{} in {stage:?}", info.name);
        }
    }
}

#[test]
fn the_palette_runs_by_arrows_alone() {
    let mut user = User::demo(Lang::Zh);
    user.press("1 ctrl-p");
    let at = |name: &str| {
        ACTIONS
            .iter()
            .filter(|i| gendan::app::route::group_stage(i.group).is_none_or(|s| s == Stage::Intake))
            .position(|i| i.name == name)
    };
    for _ in 0..at("intake.new").unwrap() {
        user.press("down");
    }
    user.press("enter");
    assert!(user.has_form());
}

#[test]
fn full_width_keys_mean_narrow_ones_and_a_committed_word_starts_the_filter() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.write("３");
        assert_eq!(user.app.stage, Stage::Schedule);
        user.write("？");
        assert!(matches!(user.app.overlays.last(), Some(Overlay::Page(_))));
        user.press("esc 1");
        user.write("棉语");
        assert_eq!(user.app.board().unwrap().filter, "棉语");
        assert!(!user.app.board().unwrap().shown.is_empty());
        user.write("没有这个");
        let said = match lang {
            Lang::Zh => "没有含“棉语没有这个”的行",
            Lang::En => "No row holds “棉语没有这个”",
        };
        assert!(user.screen().contains(said), "{}", user.screen());
    }
}

#[test]
fn a_late_rest_of_a_split_sequence_destroys_nothing() {
    use gendan::transfer::json;
    let mut user = User::demo(Lang::Zh);
    let before = json::export(&user.app.world, &[]);
    for stage in 0..=6 {
        for rest in [
            "[ A", "[ B", "[ C", "[ D", "O A", "O P", "[ H", "[ F", "[ Z",
        ] {
            user.press(&stage.to_string());
            user.press("esc").press(rest);
            while !user.app.overlays.is_empty() {
                user.press("esc");
            }
            assert!(!user.has_ended(), "{stage}: Esc {rest}");
        }
    }
    let after = json::export(&user.app.store.world().unwrap(), &[]);
    assert!(before == after);
}

#[test]
fn a_paste_that_comes_as_keys_runs_no_command_and_fills_a_field() {
    use gendan::tui::input::gather;
    let text = "Please cancel X\nand R it all.\n";
    let key = |c| match c {
        '\n' => Input::Key(KeyEvent::from(KeyCode::Enter)),
        c => Input::Key(KeyEvent::from(KeyCode::Char(c))),
    };
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1");
        let before = user
            .screen()
            .lines()
            .take(20)
            .collect::<Vec<_>>()
            .join("\n");
        for input in gather(text.chars().map(key).collect()) {
            user.app.on(input);
        }
        assert!(user.app.overlays.is_empty());
        assert!(user.note().contains("30"), "{}", user.note());
        let after = user
            .screen()
            .lines()
            .take(20)
            .collect::<Vec<_>>()
            .join("\n");
        assert_eq!(before, after);
        user.press("/");
        for input in gather("Nordvik jackets 2026\n".chars().map(key).collect()) {
            user.app.on(input);
        }
        assert_eq!(user.app.board().unwrap().filter, "Nordvik jackets 2026");
    }
}

fn click(user: &mut User, x: u16, y: u16) {
    let kind = MouseEventKind::Down(MouseButton::Left);
    user.app.on(Input::Mouse(MouseEvent {
        kind,
        column: x,
        row: y,
        modifiers: KeyModifiers::NONE,
    }));
}

/// The cell where a text begins on the screen.
fn find(buffer: &Buffer, text: &str) -> (u16, u16) {
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let (mut at, mut rest) = (x, text);
            while let Some(cell) = buffer.cell((at, y)) {
                let Some(left) = rest.strip_prefix(cell.symbol()) else {
                    break;
                };
                at += width(cell.symbol()).max(1) as u16;
                rest = left;
                if rest.is_empty() {
                    return (x, y);
                }
            }
        }
    }
    panic!("{text} is not on the screen");
}

#[test]
fn clicks_work_on_both_halves_of_a_wide_character() {
    for half in 0..2 {
        let mut user = User::demo(Lang::Zh);
        let (x, y) = find(&user.buffer(), "物料");
        click(&mut user, x + half, y);
        assert_eq!(user.app.stage, Stage::Materials);
        let (x, y) = find(&user.buffer(), "接单");
        click(&mut user, x + half, y);
        assert_eq!(user.app.stage, Stage::Intake);
        let _ = user.screen();
        // The third row in sight, on its customer.
        let screen = user.screen();
        let line = screen.lines().nth(4).unwrap();
        let no = line
            .trim_start_matches(['▸', ' '])
            .split(' ')
            .next()
            .unwrap();
        click(&mut user, 14 + half, 4);
        let order = user.app.world.orders.find(user.app.order).unwrap();
        assert_eq!(order.no, no, "{screen}");
        let (x, y) = find(&user.buffer(), "单据");
        click(&mut user, x + half, y);
        assert_eq!(user.app.board().unwrap().spot().part, PartKind::Documents);
        let (x, y) = find(&user.buffer(), "操作");
        click(&mut user, x + half, y);
        assert!(matches!(user.app.overlays.last(), Some(Overlay::Picker(_))));
        let (x, y) = find(&user.buffer(), "登记一份单据");
        click(&mut user, x + half, y);
        assert!(user.has_form(), "{}", user.screen());
        // A form takes no click.
        click(&mut user, 3, 0);
        assert!(user.has_form());
    }
}

#[test]
fn one_key_takes_the_mouse_and_gives_it_back() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        assert!(!user.app.setup.mouse);
        user.press("ctrl-o");
        assert!(
            user.app.setup.mouse && user.note().contains("^O"),
            "{}",
            user.note()
        );
        user.press("ctrl-o");
        assert!(!user.app.setup.mouse);
    }
}

/// Every form that opens on the sample factory, once, as the user would see it.
fn every_form(lang: Lang) -> Vec<(FormKind, Editor)> {
    let user = User::demo(lang);
    let cx = user.app.cx();
    let open = |kind: FormKind| (0..40).find_map(|subject| forms::open(kind, subject, &cx));
    FormKind::all()
        .filter_map(|kind| open(kind).map(|form| (kind, Editor::new(form))))
        .collect()
}

#[test]
fn the_cursor_is_at_the_caret_with_blanks_to_its_right_in_every_field() {
    for lang in BOTH {
        let all = every_form(lang);
        assert!(all.len() > 60, "only {} forms open", all.len());
        for (kind, mut editor) in all {
            let area = Rect::new(0, 0, 80, 24);
            for _ in 0..editor.form.fields.len() {
                let field = editor
                    .form
                    .fields
                    .iter()
                    .find(|f| f.key == editor.focused());
                let field = field.unwrap().clone();
                let mut buffer = Buffer::empty(area);
                editor.on_key(KeyEvent::from(KeyCode::End));
                let cursor = editor.render(area, &mut buffer, &Styles::standard(), lang);
                let cursor = cursor.unwrap_or_else(|| panic!("{kind:?} {}: no cursor", field.key));
                assert!(cursor.x < area.right() && cursor.y < area.bottom());
                if !matches!(field.kind, FieldKind::Choice(_)) && !field.value.is_empty() {
                    let here = buffer.cell(cursor).unwrap().symbol().to_owned();
                    assert_eq!(here, " ", "{kind:?} {}: caret on text", field.key);
                }
                editor.on_key(KeyEvent::from(KeyCode::Tab));
            }
        }
    }
}

#[test]
fn f1_explains_the_field_that_has_the_keys() {
    for (lang, how, choices) in [(Lang::Zh, "怎么填", "可选"), (Lang::En, "how", "choices")] {
        let mut user = User::demo(lang);
        user.press("1 n").fill("qty", "5").press("f1");
        assert!(user.screen().contains(how), "{}", user.screen());
        user.press("esc");
        assert!(user.has_form(), "the form is still there");
        user.press("esc d 6 tab");
        user.press("x f1");
        let screen = user.screen();
        assert!(screen.contains(how) || screen.contains(choices), "{screen}");
        user.press("esc esc");
        for keys in ["V", "B", "1 t", "ctrl-p"] {
            user.press(keys).press("f1");
            assert!(
                matches!(user.app.overlays.last(), Some(Overlay::Page(_))),
                "{keys}"
            );
            user.press("esc esc");
            while !user.app.overlays.is_empty() {
                user.press("esc");
            }
        }
    }
}

#[test]
fn the_tour_has_six_steps_goes_back_and_ends() {
    for lang in BOTH {
        for size in [(60, 16), (80, 24), (160, 45)] {
            let mut user = User::demo(lang);
            user.size = size;
            let below = |screen: &str| {
                let lines: Vec<String> = screen.lines().map(str::to_owned).collect();
                lines[usize::from(size.1) - if size.1 < 20 { 2 } else { 3 }..].to_vec()
            };
            let keys = below(&user.screen());
            user.app.start_tour();
            let mut seen = Vec::new();
            for step in 1..=6 {
                let screen = user.screen();
                assert!(screen.contains(&format!("{step}/6")), "{screen}");
                assert!(!screen.contains("{0}"), "{screen}");
                assert_eq!(below(&screen), keys, "the keys it speaks of are in sight");
                seen.push(screen);
                user.press("enter");
            }
            assert!(user.app.overlays.is_empty());
            seen.dedup();
            assert_eq!(seen.len(), 6);
            user.press("ctrl-k 3 enter left");
            assert!(user.screen().contains("1/6"));
            user.press("esc");
            assert!(user.app.overlays.is_empty());
        }
    }
}

#[test]
fn a_part_keeps_its_row_while_others_are_looked_at() {
    let mut user = User::demo(Lang::En);
    let mut tried = 0;
    for panel in ["1", "2", "3", "4", "5", "6", "0"] {
        user.press(panel);
        let parts = &user.app.board().unwrap().detail.parts;
        let kinds: Vec<PartKind> = parts.iter().map(|part| part.kind).collect();
        for kind in kinds {
            user.part(kind);
            let board = user.app.board().unwrap();
            let content = &board.detail.parts[board.open].content;
            if content.is_picture() || content.rows().is_none_or(|rows| rows < 2) {
                continue;
            }
            user.press("end");
            let row = |user: &User| user.app.board().unwrap().part_rows.get(&kind).copied();
            let before = row(&user);
            user.press("tab").part(kind);
            assert_eq!(row(&user), before, "{panel} {kind:?}");
            tried += 1;
        }
    }
    assert!(tried > 8, "{tried} parts have rows");
}

/// All rows of a panel's list and of each of its parts, by part.
fn all_rows(user: &User) -> Vec<(PartKind, Vec<Row>)> {
    let board = user.app.board().unwrap();
    let cx = user.app.cx();
    let mut found = vec![(PartKind::List, user.listed())];
    let detail = user.app.panel().detail(&cx, board.row);
    for part in detail.parts {
        let rows = match part.content {
            Content::List(list) => list.rows,
            Content::Long(long) => long
                .ids
                .iter()
                .map(|id| Row {
                    id: *id,
                    cells: user.app.panel().cells(&cx, part.kind, *id),
                })
                .collect(),
            _ => continue,
        };
        found.push((part.kind, rows));
    }
    found
}

/// What a cell says decides its colour: nobody needs the colour to know the state.
#[test]
fn what_is_good_doubtful_or_bad_is_told_by_the_text() {
    let mut user = User::demo(Lang::Zh);
    let mut wrong = Vec::new();
    for stage in Stage::ALL {
        user.app.go(*stage, None);
        for _ in 0..6 {
            for (part, rows) in all_rows(&user) {
                let mut roles: BTreeMap<(usize, String), Role> = BTreeMap::new();
                for row in rows {
                    let words: Vec<&str> = row.cells.iter().map(|c| c.text.as_str()).collect();
                    for (at, cell) in row.cells.iter().enumerate() {
                        let state = matches!(cell.role, Role::Ok | Role::Warn | Role::Bad);
                        let key = (at, words.join("|"));
                        let was = *roles.entry(key).or_insert(cell.role);
                        let was_state = matches!(was, Role::Ok | Role::Warn | Role::Bad);
                        if was != cell.role && (state || was_state) {
                            wrong.push(format!("{stage:?} {part:?} {at}: {}", cell.text));
                        }
                    }
                }
            }
            user.press("down");
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Without colour each bad or doubtful cell has its letter, and the selection its mark and reverse.
#[test]
fn without_colour_states_have_letters_and_the_selection_is_reversed() {
    use ratatui::style::{Color, Modifier};
    for set in [SymbolSet::Unicode, SymbolSet::Ascii] {
        let mut user = User::demo(Lang::En);
        user.app.styles = Styles::new(&Theme::named(ThemeName::Mono), set);
        user.size = (160, 45);
        let mut marks = 0;
        for stage in 0..=6 {
            user.press(&stage.to_string());
            let buffer = user.buffer();
            if set == SymbolSet::Ascii {
                // Whatever is not plain is Chinese, which every terminal draws two cells wide.
                let odd =
                    |c: &&ratatui::buffer::Cell| !c.symbol().is_ascii() && width(c.symbol()) < 2;
                let odd: Vec<&str> = buffer
                    .content
                    .iter()
                    .filter(odd)
                    .map(|c| c.symbol())
                    .collect();
                assert!(odd.is_empty(), "stage {stage}: {odd:?}");
            }
            let plain = |c: Color| c == Color::Reset;
            assert!(buffer.content.iter().all(|c| plain(c.fg) && plain(c.bg)));
            let board = user.app.board().unwrap();
            let place = board.place().unwrap() as u16;
            let line = 2 + place.min(buffer.area.height - 3);
            let reversed = (0..buffer.area.height)
                .filter(|y| buffer[(0, *y)].modifier.contains(Modifier::REVERSED))
                .count();
            assert!(reversed >= 1, "stage {stage}, line {line}");
            let pointer = user.app.styles.symbols.pointer.to_string();
            assert!((0..buffer.area.height).any(|y| buffer[(0, y)].symbol() == pointer));
            let bad = user.app.styles.bad.add_modifier;
            let is_mark = |c: &ratatui::buffer::Cell| c.symbol() == "!" && c.modifier == bad;
            let own = buffer.content.windows(2).filter(|pair| is_mark(&pair[0]));
            let beside = |pair: &[ratatui::buffer::Cell]| pair[1].symbol() != " ";
            marks += own.filter(|pair| beside(pair)).count();
            // A mark belongs to the text after it, not to the one before; `24!` ends with its own.
            let far = |pair: &&[ratatui::buffer::Cell]| {
                is_mark(&pair[1]) && pair[0].symbol() == " " && pair[2].symbol() == " "
            };
            let far = buffer.content.windows(3).filter(far).count();
            assert_eq!(far, 0, "stage {stage}:\n{}", user.screen());
        }
        assert!(marks > 10, "{marks} marks");
    }
}
