//! Two versions of a row: what it held when the form was opened, what another session saved since,
//! and what was typed here.
//!
//! What only one side changed is merged; what both changed is chosen, field by field, in a table
//! cell by cell where its rows are still the same ones. Nothing typed is lost by looking.

use crossterm::event::{KeyCode, KeyEvent};

use super::editor::draft::Values;
use super::form::{Field, FieldKind, Form};
use super::sheet::{Purpose, Sheet, SheetReply};
use crate::panel::{Cell, Column, Listing, Row, Width, column};
use crate::text::{Lang, versions as said};
use crate::theme::Role;
use crate::widget::grid::{self, GridColumn, Stop};

/// Characters of a value that stand in the table, and of one that stands in full above it.
const SHORT: usize = 60;
const LONG: usize = 150;
/// Equal characters that are shown before the first different one.
const BEFORE: usize = 12;

const COLUMNS: &[Column] = &[
    column(said::FIELD, Width::Fixed(17), 0),
    column(said::WAS, Width::Fill(1), 1),
    column(said::THEIRS, Width::Fill(1), 0),
    column(said::MINE, Width::Fill(1), 0),
];

/// Whose value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Theirs,
    Mine,
}

/// A field, or a cell of a table, that differs between the versions.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Difference {
    key: &'static str,
    /// Row and column, in a table.
    cell: Option<(usize, usize)>,
    label: String,
    was: String,
    theirs: String,
    mine: String,
    /// The other session changed it.
    by_them: bool,
    taken: Option<Side>,
}

/// The page.
#[derive(Debug, Clone)]
pub struct Versions {
    pub sheet: Sheet,
    /// The form as it opens on the row now.
    fresh: Form,
    mine: Form,
    basis: Values,
    differences: Vec<Difference>,
    head: String,
    lang: Lang,
}

/// What a key asked of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionsReply {
    Taken,
    /// So many are still to be chosen.
    Undecided(usize),
    Save,
    /// Back to the form, on the new version.
    Leave,
}

impl Versions {
    /// Compares; `head` says what the other session did.
    #[must_use]
    pub fn new(basis: &Values, mine: &Form, fresh: Form, head: String, lang: Lang) -> Self {
        let mut differences = Vec::new();
        for theirs in &fresh.fields {
            let was = basis.get(theirs.key).map_or("", String::as_str);
            let mine = mine.fields.iter().find(|f| f.key == theirs.key);
            compare(&mut differences, was, theirs, mine, lang);
        }
        let title = said::TITLE.fill(lang, &[&mine.title]);
        let mut page = Self {
            sheet: Sheet::read(title, Listing::default()),
            fresh,
            mine: mine.clone(),
            basis: basis.clone(),
            differences,
            head,
            lang,
        };
        page.sheet.purpose = Purpose::Versions;
        page.sheet.decides = Some(said::SAVE);
        page.sheet.selected = page.first_open().unwrap_or(0);
        page.write();
        page
    }

    /// Whether the other session changed anything that stands otherwise in the form.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.differences.iter().any(|d| d.by_them)
    }

    /// How many are still to be chosen.
    #[must_use]
    pub fn undecided(&self) -> usize {
        let open = self.differences.iter().filter(|d| d.taken.is_none());
        open.count()
    }

    fn first_open(&self) -> Option<usize> {
        self.differences.iter().position(|d| d.taken.is_none())
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> VersionsReply {
        match key.code {
            KeyCode::Left => self.take(Side::Theirs),
            KeyCode::Right => self.take(Side::Mine),
            KeyCode::Char('t' | 'T' | 'ｔ') => self.take_all(Side::Theirs),
            KeyCode::Char('m' | 'M' | 'ｍ') => self.take_all(Side::Mine),
            _ => match self.sheet.on_key(key) {
                SheetReply::Leave => return VersionsReply::Leave,
                SheetReply::Decide => match self.first_open() {
                    Some(at) => {
                        self.sheet.selected = at;
                        self.write();
                        return VersionsReply::Undecided(self.undecided());
                    }
                    None => return VersionsReply::Save,
                },
                _ => {}
            },
        }
        self.write();
        VersionsReply::Taken
    }

    /// Takes one side of the selected difference and goes on to the next open one.
    fn take(&mut self, side: Side) {
        let Some(difference) = self.differences.get_mut(self.sheet.selected) else {
            return;
        };
        if difference.taken.replace(side).is_none()
            && let Some(at) = self.first_open()
        {
            self.sheet.selected = at;
        }
    }

    fn take_all(&mut self, side: Side) {
        for difference in &mut self.differences {
            difference.taken = Some(side);
        }
    }

    /// The form on the new version with what was chosen; what was not chosen is mine.
    #[must_use]
    pub fn merged(&self) -> Form {
        let mut form = self.fresh.clone();
        let revision = form.hidden.get("revision").cloned();
        form.hidden.extend(self.mine.hidden.clone());
        if let Some(revision) = revision {
            form.hidden.insert("revision".to_owned(), revision);
        }
        form.start = self.mine.start;
        for field in &mut form.fields {
            let mine = self.mine.fields.iter().find(|f| f.key == field.key);
            if let Some(mine) = mine {
                self.merge(field, mine);
                field.most = field.most.max(field.value.chars().count());
            }
        }
        // What only the older form asked for is not lost where something was typed.
        let typed = |f: &&Field| self.basis.get(f.key).is_some_and(|was| *was != f.value);
        for mine in self.mine.fields.iter().filter(typed) {
            if !form.fields.iter().any(|f| f.key == mine.key) {
                form.fields.push(mine.clone());
            }
        }
        form
    }

    fn merge(&self, field: &mut Field, mine: &Field) {
        let here: Vec<&Difference> = self
            .differences
            .iter()
            .filter(|d| d.key == field.key)
            .collect();
        let whole = here.iter().find(|d| d.cell.is_none());
        if whole.is_some_and(|d| d.taken == Some(Side::Theirs)) {
            return;
        }
        field.value.clone_from(&mine.value);
        if let FieldKind::Grid(columns) = &mine.kind {
            let mut rows = grid::read(columns, &mine.value);
            for difference in here.iter().filter(|d| d.taken == Some(Side::Theirs)) {
                let Some((row, column)) = difference.cell else {
                    continue;
                };
                let cell = rows.get_mut(row).and_then(|r| r.get_mut(column));
                if let Some(cell) = cell {
                    cell.clone_from(&difference.theirs);
                }
            }
            field.value = grid::write(columns, &rows);
            field.kind = mine.kind.clone();
        }
    }

    /// What the row holds now, by field.
    #[must_use]
    pub fn basis(&self) -> Values {
        super::editor::draft::values(&self.fresh)
    }

    /// Writes the sentences and the table.
    fn write(&mut self) {
        let lang = self.lang;
        let rows = self.differences.iter().enumerate();
        let rows = rows.map(|(at, d)| Row {
            id: i64::try_from(at).unwrap_or(0),
            cells: d.cells(lang),
        });
        self.sheet.listing = Listing {
            columns: COLUMNS,
            rows: rows.collect(),
            empty: None,
        };
        let open = self.undecided();
        let next = match open {
            0 => (said::MERGED.text(lang).to_owned(), Role::Base),
            n => (said::CHOOSE.fill(lang, &[&n.to_string()]), Role::Warn),
        };
        let mut lines = vec![(self.head.clone(), Role::Base), next];
        if let Some(d) = self.differences.get(self.sheet.selected) {
            let line = |word: crate::text::Word, value: &str, other: &str| {
                let shown = excerpt(value, other, LONG, lang);
                (format!("{}: {shown}", word.text(lang)), Role::Dim)
            };
            lines.push((d.label.clone(), Role::Title));
            lines.push(line(said::WAS, &d.was, &d.mine));
            lines.push(line(said::THEIRS, &d.theirs, &d.mine));
            lines.push(line(said::MINE, &d.mine, &d.theirs));
        }
        self.sheet.lines = lines;
    }
}

impl Difference {
    /// What differs between was, theirs and mine; what one side alone changed is taken.
    fn of(key: &'static str, label: &str, [was, theirs, mine]: [&str; 3]) -> Option<Self> {
        let taken = match (theirs == was, mine == was) {
            (true, _) => Some(Side::Mine),
            (_, true) => Some(Side::Theirs),
            _ => None,
        };
        (theirs != mine).then(|| Self {
            key,
            cell: None,
            label: label.to_owned(),
            was: was.to_owned(),
            theirs: theirs.to_owned(),
            mine: mine.to_owned(),
            by_them: theirs != was,
            taken,
        })
    }

    /// The same with its values in words.
    fn shown(mut self, words: impl Fn(&str) -> String) -> Self {
        for value in [&mut self.was, &mut self.theirs, &mut self.mine] {
            *value = words(value);
        }
        self
    }

    fn cells(&self, lang: Lang) -> Vec<Cell> {
        let side = |side: Side, value: &str, other: &str| {
            let (mark, role) = match self.taken {
                None => ("? ", Role::Warn),
                Some(taken) if taken == side => ("* ", Role::Ok),
                Some(_) => ("  ", Role::Dim),
            };
            Cell::new(
                format!("{mark}{}", excerpt(value, other, SHORT, lang)),
                role,
            )
        };
        vec![
            Cell::new(self.label.clone(), Role::Base),
            Cell::new(excerpt(&self.was, &self.mine, SHORT, lang), Role::Dim),
            side(Side::Theirs, &self.theirs, &self.mine),
            side(Side::Mine, &self.mine, &self.theirs),
        ]
    }
}

/// Adds what differs in a field: of a table its cells, where it has the same rows everywhere.
fn compare(out: &mut Vec<Difference>, was: &str, theirs: &Field, mine: Option<&Field>, lang: Lang) {
    let label = theirs.label.text(lang);
    let typed = mine.map_or(was, |m| m.value.as_str());
    let whole = Difference::of(theirs.key, label, [was, &theirs.value, typed]);
    match &theirs.kind {
        FieldKind::Choice(options) => {
            let word = |code: &str| {
                let found = options.iter().find(|(c, _)| c == code);
                found.map_or_else(|| code.to_owned(), |(_, word)| word.clone())
            };
            out.extend(whole.map(|d| d.shown(word)));
        }
        FieldKind::Grid(columns) => {
            let texts = [was, theirs.value.as_str(), typed];
            let Some([was, theirs_now, typed]) = same_rows(columns, mine, texts) else {
                out.extend(whole.map(|d| d.shown(|text| table_text(columns, text, lang))));
                return;
            };
            let rows = was.iter().zip(&theirs_now).zip(&typed).enumerate();
            for (row, ((was, now), own)) in rows {
                let cells = was.iter().zip(now).zip(own).zip(columns).enumerate();
                for (at, (((was, now), own), column)) in cells {
                    let no = (row + 1).to_string();
                    let label = said::CELL.fill(lang, &[label, &no, &column.title]);
                    let found = Difference::of(theirs.key, &label, [was, now, own]);
                    out.extend(found.map(|d| Difference {
                        cell: Some((row, at)),
                        ..d
                    }));
                }
            }
        }
        _ => out.extend(whole),
    }
}

/// The rows of three texts of a table, where they are the same rows in the same columns.
fn same_rows(
    columns: &[GridColumn],
    mine: Option<&Field>,
    texts: [&str; 3],
) -> Option<[Vec<Vec<String>>; 3]> {
    let keys = |columns: &[GridColumn]| columns.iter().map(|c| c.key.clone()).collect::<Vec<_>>();
    let FieldKind::Grid(own) = &mine?.kind else {
        return None;
    };
    let heading = keys(columns).join("\t");
    let same = keys(own) == keys(columns)
        && texts
            .iter()
            .all(|text| text.lines().next() == Some(&heading));
    if !same {
        return None;
    }
    let tables = texts.map(|text| grid::read(columns, text));
    let [was, theirs, typed] = &tables;
    let named = |rows: &Vec<Vec<String>>| {
        let name = |row: &Vec<String>| {
            let cells = row.iter().zip(columns);
            let fixed = cells.filter(|(_, c)| matches!(c.stop, Stop::Never | Stop::Names));
            fixed.map(|(cell, _)| cell.clone()).collect::<Vec<_>>()
        };
        rows.iter().map(name).collect::<Vec<_>>()
    };
    let same = named(was) == named(theirs) && named(was) == named(typed);
    (same && was.len() == theirs.len() && was.len() == typed.len()).then_some(tables)
}

/// A table as one text: how many rows, and what stands in them.
fn table_text(columns: &[GridColumn], text: &str, lang: Lang) -> String {
    let rows = grid::read(columns, text);
    if rows.is_empty() {
        return String::new();
    }
    let row = |row: &Vec<String>| {
        let filled = row.iter().filter(|c| !c.is_empty());
        filled.cloned().collect::<Vec<_>>().join(" ")
    };
    let said = said::ROWS.fill(lang, &[&rows.len().to_string()]);
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!("{said}: {}", rows.join(" / "))
}

/// A value as one line, from shortly before where it begins to differ from another.
fn excerpt(value: &str, other: &str, most: usize, lang: Lang) -> String {
    let text = value.replace(['\n', '\t'], " ");
    let text = text.trim();
    if text.is_empty() {
        return said::EMPTY.text(lang).to_owned();
    }
    let other = other.replace(['\n', '\t'], " ");
    let equal = text
        .chars()
        .zip(other.trim().chars())
        .take_while(|(a, b)| a == b);
    let skip = equal.count().saturating_sub(BEFORE);
    let long = text.chars().count() > most / 3;
    let (head, skip) = if long && skip > 0 {
        ("…", skip)
    } else {
        ("", 0)
    };
    let part: String = text.chars().skip(skip).take(most).collect();
    format!("{head}{part}")
}
