//! A user at the keyboard: keys go in, the screen comes out. No terminal, no thread, no sleep.

use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use gendan::app::{App, Next, draw};
use gendan::clock::Clock;
use gendan::domain::moment::Moment;
use gendan::overlay::Overlay;
use gendan::overlay::form::FieldKind;
use gendan::panel::PartKind;
use gendan::plan::gather;
use gendan::store::{Access, Store};
use gendan::text::Lang;
use gendan::theme::Styles;
use gendan::transfer::{json, sample};
use gendan::tui::input::Input;
use gendan::widget::screen_text;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Moves of the plans in tests: enough for a plan, quick without optimisation.
const MOVES: u64 = 50;

pub(crate) const MONDAY: &str = "2026-11-23T08:00";

/// The program in a user's hands.
pub(crate) struct User {
    pub(crate) app: App,
    pub(crate) size: (u16, u16),
    /// Keys pressed so far.
    pub(crate) keys: usize,
    copied: Vec<String>,
    ended: bool,
    _folder: tempfile::TempDir,
}

pub(crate) fn clock(text: &str) -> Clock {
    Clock::Fixed(Moment::parse(text).unwrap().0)
}

impl User {
    /// On an empty file.
    pub(crate) fn new(lang: Lang) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(
            &folder.path().join("a.db"),
            Access::Write,
            clock(MONDAY),
            "li",
        )
        .unwrap();
        Self::on(store, folder, lang)
    }

    /// On the sample factory.
    pub(crate) fn demo(lang: Lang) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(
            &folder.path().join("a.db"),
            Access::Write,
            clock(MONDAY),
            "li",
        )
        .unwrap();
        let file = json::parse(&sample::sample(store.clock().now())).unwrap();
        json::bring(&mut store, &file, "").unwrap();
        Self::on(store, folder, lang)
    }

    /// On a file that was made before.
    pub(crate) fn on(store: Store, folder: tempfile::TempDir, lang: Lang) -> Self {
        let app = App::new(store, lang, Styles::standard()).unwrap();
        let mut user = Self {
            app,
            size: (80, 24),
            keys: 0,
            copied: Vec::new(),
            ended: false,
            _folder: folder,
        };
        user.settle();
        user
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.app.store.path().to_owned()
    }

    /// Does what the main loop would: plans, copies, ends; and draws.
    fn settle(&mut self) {
        for next in std::mem::take(&mut self.app.next) {
            match next {
                Next::Replan => {
                    let now = self.app.store.clock().now();
                    let mut outlook =
                        gather::outlook(&self.app.world, now, MOVES, &|| false).unwrap();
                    let impacts = gather::impacts(&self.app.world, now, &outlook, &|| false);
                    outlook.impacts = std::sync::Arc::new(impacts.unwrap());
                    outlook.impacts_current = true;
                    outlook.stands_on = Some(self.app.journal.first().map_or(0, |line| line.id));
                    self.app.take_outlook(outlook);
                }
                Next::Ask(question) => {
                    let answer = question.answer();
                    self.app.take_answer(question.number, answer);
                }
                Next::Read(job) => {
                    let read = job.run(|_| {});
                    self.app.take_read(read);
                }
                Next::Write(job) => {
                    let written = job.run(&|_| {});
                    self.app.take_written(written);
                }
                Next::Check(job) => {
                    let checked = job.run();
                    self.app.take_checked(checked);
                }
                Next::Keep(job) => {
                    if let Some(kept) = job.run().transpose() {
                        self.app.take_kept(&kept);
                    }
                }
                Next::Copy(text) => self.copied.push(text),
                Next::Quit => self.ended = true,
                Next::Redraw | Next::Mouse(_) => {}
            }
        }
        let _ = self.buffer();
    }

    pub(crate) fn buffer(&mut self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        draw::screen(&mut self.app, &mut buffer);
        buffer
    }

    /// The screen as text.
    pub(crate) fn screen(&mut self) -> String {
        screen_text(&self.buffer())
    }

    pub(crate) fn key(&mut self, event: KeyEvent) {
        self.keys += 1;
        self.app.on(Input::Key(event));
        self.settle();
    }

    /// Presses keys: words are named keys or single characters, `ctrl-s` and the like.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            let event = match word {
                "enter" => KeyEvent::from(KeyCode::Enter),
                "esc" => KeyEvent::from(KeyCode::Esc),
                "tab" => KeyEvent::from(KeyCode::Tab),
                "backtab" => KeyEvent::from(KeyCode::BackTab),
                "up" => KeyEvent::from(KeyCode::Up),
                "down" => KeyEvent::from(KeyCode::Down),
                "left" => KeyEvent::from(KeyCode::Left),
                "right" => KeyEvent::from(KeyCode::Right),
                "home" => KeyEvent::from(KeyCode::Home),
                "end" => KeyEvent::from(KeyCode::End),
                "pagedown" => KeyEvent::from(KeyCode::PageDown),
                "pageup" => KeyEvent::from(KeyCode::PageUp),
                "space" => KeyEvent::from(KeyCode::Char(' ')),
                word => match (
                    word.strip_prefix("ctrl-"),
                    word.strip_prefix('f').and_then(|n| n.parse().ok()),
                ) {
                    (Some(c), _) => KeyEvent::new(
                        KeyCode::Char(c.chars().next().unwrap()),
                        KeyModifiers::CONTROL,
                    ),
                    (None, Some(n)) => KeyEvent::from(KeyCode::F(n)),
                    _ => KeyEvent::from(KeyCode::Char(word.chars().next().unwrap())),
                },
            };
            self.key(event);
        }
        self
    }

    /// Types a text, character by character.
    pub(crate) fn write(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.key(KeyEvent::from(KeyCode::Char(c)));
        }
        self
    }

    /// Goes to a field of the open form with Tab and types into it what it should hold.
    ///
    /// What is no field is a column of the form's table: its first row is meant.
    pub(crate) fn fill(&mut self, field: &str, text: &str) -> &mut Self {
        let form = &self.app.editor().expect("a form is open").form;
        if !form.fields.iter().any(|f| f.key == field) {
            return self.fill_cell(0, field, text);
        }
        for _ in 0..200 {
            let editor = self.app.editor().expect("a form is open");
            let (at, table) = (editor.focused(), editor.cell().is_some());
            if at == field {
                return self.press("end ctrl-u").write(text);
            }
            if table {
                self.press("down");
            } else {
                self.press("tab");
            }
        }
        panic!("the form has no field {field}");
    }

    /// Goes to a cell of the form's table and types what it should hold.
    pub(crate) fn fill_cell(&mut self, row: usize, column: &str, text: &str) -> &mut Self {
        for _ in 0..200 {
            let editor = self.app.editor().expect("a form is open");
            let place = |key: &str| {
                let table =
                    |f: &&gendan::overlay::form::Field| matches!(f.kind, FieldKind::Grid(_));
                let table = editor.form.fields.iter().find(table);
                let FieldKind::Grid(columns) = &table?.kind else {
                    return None;
                };
                columns.iter().position(|c| c.key == key)
            };
            let next = match editor.cell() {
                None => "tab",
                Some((at, _)) if at < row => "down",
                Some((at, _)) if at > row => "up",
                Some((_, here)) if here == column => return self.press("ctrl-u").write(text),
                Some((_, here)) if place(here) < place(column) => "tab",
                Some(_) => "backtab",
            };
            self.press(next);
        }
        panic!("the table has no column {column}:\n{}", self.screen());
    }

    /// Saves the open form, which must be accepted.
    pub(crate) fn save(&mut self) -> &mut Self {
        self.press("ctrl-s");
        assert!(
            self.app.overlays.is_empty(),
            "not saved:\n{}",
            self.screen()
        );
        self
    }

    /// Goes to a part of the panel with Tab.
    pub(crate) fn part(&mut self, part: PartKind) -> &mut Self {
        for _ in 0..12 {
            if self.app.board().unwrap().spot().part == part {
                return self;
            }
            self.press("tab");
        }
        panic!("the panel has no part {part:?}:\n{}", self.screen());
    }

    /// Goes down to the row of the open list or part that shows a text.
    pub(crate) fn row(&mut self, text: &str) -> &mut Self {
        self.press("home");
        for _ in 0..200 {
            let here = self.selected_row();
            if here.contains(text) {
                return self;
            }
            self.press("down");
        }
        panic!("no row shows {text}:\n{}", self.screen());
    }

    /// The rows of the open panel's list that its filter shows, as they are drawn; those that were
    /// made before are what would be made now.
    pub(crate) fn listed(&self) -> Vec<gendan::panel::Row> {
        let (board, cx) = (self.app.board().unwrap(), self.app.cx());
        let places = 0..board.shown.len();
        let ids: Vec<i64> = places.clone().filter_map(|at| board.row_at(at)).collect();
        let drawn = board.rows(self.app.panel(), &cx, places);
        let drawn: Vec<_> = drawn.into_iter().cloned().collect();
        assert_eq!(drawn, self.app.panel().rows(&cx, &ids), "rows of before");
        drawn
    }

    fn selected_row(&self) -> String {
        let board = self.app.board().unwrap();
        let spot = board.spot();
        let text = |cells: &[gendan::panel::Cell]| {
            let texts: Vec<&str> = cells.iter().map(|c| c.text.as_str()).collect();
            texts.join(" | ")
        };
        let of = |rows: &[gendan::panel::Row], id| {
            let row = rows.iter().find(|r| r.id == id);
            row.map(|r| text(&r.cells)).unwrap_or_default()
        };
        if spot.part == PartKind::List {
            return of(&self.listed(), spot.row);
        }
        let mut parts = board.detail.parts.iter();
        let part = parts.find(|p| p.kind == spot.part).unwrap();
        match &part.content {
            gendan::panel::Content::List(list) => of(&list.rows, spot.part_row),
            gendan::panel::Content::Long(_) => {
                let cx = self.app.cx();
                text(&self.app.panel().cells(&cx, spot.part, spot.part_row))
            }
            _ => String::new(),
        }
    }

    /// What the status line says.
    pub(crate) fn note(&self) -> String {
        self.app
            .note
            .as_ref()
            .map(|n| n.text.clone())
            .unwrap_or_default()
    }

    /// Lets days pass.
    pub(crate) fn sleep_until(&mut self, day: NaiveDate) -> &mut Self {
        let at = day.and_hms_opt(8, 0, 0).unwrap();
        self.app.store.set_clock(Clock::Fixed(at));
        self.app.reload().unwrap();
        self.settle();
        self
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.app.store.clock().today()
    }

    pub(crate) fn next_day(&mut self) -> &mut Self {
        let calendar = self.app.world.factory_calendar();
        let next = calendar
            .add_days(self.today(), 1)
            .unwrap_or(self.today() + Days::new(1));
        self.sleep_until(next)
    }

    pub(crate) const fn has_ended(&self) -> bool {
        self.ended
    }

    pub(crate) fn copied(&self) -> &[String] {
        &self.copied
    }

    pub(crate) fn has_form(&self) -> bool {
        matches!(self.app.overlays.last(), Some(Overlay::Form(_)))
    }
}

/// A mail with a file enclosed, as a mail program would write it.
pub(crate) fn mail_with(subject: &str, from: &str, text: &str, name: &str, file: &[u8]) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut base64 = String::new();
    for chunk in file.chunks(3) {
        let n = chunk.iter().fold(0u32, |n, b| (n << 8) | u32::from(*b)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let sign = ALPHABET[(n >> (18 - 6 * at)) as usize & 63];
            base64.push(if at > chunk.len() {
                '='
            } else {
                char::from(sign)
            });
        }
        if base64.len() % 77 == 76 {
            base64.push('\n');
        }
    }
    format!(
        "From: {from}\r\nTo: us@example.com\r\nSubject: {subject}\r\nDate: Fri, 20 Nov 2026 16:05:00 +0800\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_b\"\r\n\r\n--=_b\r\n\
         Content-Type: text/plain; charset=\"utf-8\"\r\n\r\n{text}\r\n--=_b\r\n\
         Content-Type: application/octet-stream; name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{base64}\r\n--=_b--\r\n"
    )
    .into_bytes()
}

/// An order sheet with the difficulties of real ones: title rows, the order number on every line,
/// the unit inside the quantity, a total.
pub(crate) fn order_workbook(order: &str, rows: &[(&str, &str, &str, &str, &str)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "PURCHASE ORDER 订购单").unwrap();
    sheet.write(1, 0, "请在 2 天内确认").unwrap();
    let heads = ["订单号", "货号", "品名", "数量", "单价", "金额", "要求交期"];
    for (column, head) in (0u16..).zip(heads) {
        sheet.write(3, column, head).unwrap();
    }
    for (at, (item, name, qty, price, due)) in (4u32..).zip(rows) {
        for (column, text) in [order, item, name, qty, price].into_iter().enumerate() {
            sheet.write(at, column as u16, text).unwrap();
        }
        sheet.write(at, 6, *due).unwrap();
    }
    sheet.write(4 + rows.len() as u32, 0, "合计").unwrap();
    book.save_to_buffer().unwrap()
}

pub(crate) fn write_file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}
