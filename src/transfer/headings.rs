//! From the headings of other people's sheets to our fields.
//!
//! Synonyms in simplified, traditional and English; compared without blanks, signs, width and
//! case. A unit in brackets belongs to the column, not to its name.

mod fields;
mod kind;
mod map;
mod materials;
mod progress;

pub use fields::{Entry, Field};
pub use kind::{Desk, Kind, recognise};
pub use map::{WrongMap, mapping};
pub use materials::is_no_date;

use crate::domain::simplified::simplified;
use crate::text::datein::fold_width;

use super::sheet::{Cell, Sheet};

/// Rows from the top in which a heading row is looked for.
const HEADING_ROWS_MAX: usize = 30;

/// Columns of quantities, whose unit may stand in the heading.
const QUANTITIES: [Field; 9] = [
    Field::Qty,
    Field::Ordered,
    Field::PromisedQty,
    Field::Arrived,
    Field::Accepted,
    Field::Rejected,
    Field::Held,
    Field::OnHand,
    Field::Good,
];

/// Headings that the user has said the meaning of.
pub type Mapping = std::collections::BTreeMap<String, Field>;

/// A heading without brackets, signs, blanks, width and case; and the unit in its brackets.
#[must_use]
pub fn fold(heading: &str) -> (String, String) {
    let text: String = fold_width(heading)
        .to_lowercase()
        .chars()
        .map(simplified)
        .collect();
    let (name, rest) = text.split_once('(').unwrap_or((&text, ""));
    let unit = rest.split(')').next().unwrap_or_default().trim().to_owned();
    let keep = |c: &char| c.is_alphanumeric() || *c == '#';
    let name: String = name.chars().filter(keep).collect();
    // A long remark in brackets is no unit.
    (
        name,
        if unit.chars().count() <= 6 {
            unit
        } else {
            String::new()
        },
    )
}

/// The field that a heading means in a sheet of that kind.
#[must_use]
pub fn field_of(heading: &str, kind: Kind, mapping: &Mapping) -> Option<Field> {
    if let Some(field) = mapping.get(heading.trim()) {
        return Some(*field);
    }
    let (name, _) = fold(heading);
    kind.table()
        .iter()
        .find(|(_, _, words)| words.contains(&name.as_str()))
        .map(|(field, _, _)| *field)
}

/// A size as a heading of its own: `S`, `XL`, `38`, `均码`.
#[must_use]
pub fn is_size(heading: &str) -> bool {
    let text = fold_width(heading).trim().to_uppercase();
    let letters = [
        "XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "2XL", "3XL", "4XL", "5XL", "均码",
        "均碼", "FREE",
    ];
    letters.contains(&text.as_str()) || text.parse::<u32>().is_ok_and(|n| (20..=64).contains(&n))
}

/// The heading row of a sheet and what its columns mean.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headings {
    /// Place of the first row of data in the sheet's rows.
    pub data: usize,
    /// Column and field; each field once, the first column that means it, but for the specification.
    pub fields: Vec<(usize, Field)>,
    /// Columns that are sizes.
    pub sizes: Vec<(usize, String)>,
    /// Unit in the heading of the quantity.
    pub unit: String,
    /// Headings that mean nothing to us.
    pub unknown: Vec<String>,
}

impl Headings {
    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.fields
            .iter()
            .find(|(_, f)| *f == field)
            .map(|(column, _)| *column)
    }
}

/// Finds the heading row: the one near the top in which most columns mean something; none where
/// the columns are not those of a sheet of that kind.
#[must_use]
pub fn find(sheet: &Sheet, kind: Kind, mapping: &Mapping) -> Option<Headings> {
    let found = locate(sheet, kind, mapping)?;
    kind.fits(&found).then_some(found)
}

fn locate(sheet: &Sheet, kind: Kind, mapping: &Mapping) -> Option<Headings> {
    let score = |row: &[Cell]| {
        row.iter()
            .filter(|c| field_of(&c.text(), kind, mapping).is_some())
            .count()
    };
    let rows = sheet.rows.iter().take(HEADING_ROWS_MAX).enumerate();
    let (at, row) = rows.max_by_key(|(at, row)| (score(row), std::cmp::Reverse(*at)))?;
    let mut found = Headings {
        data: at + 1,
        ..Headings::default()
    };
    read_row(&mut found, row, kind, mapping);
    // A second heading row under merged cells names what the first leaves open.
    if let Some(below) = sheet.rows.get(at + 1)
        && is_second_row(below, kind, mapping)
    {
        found.data += 1;
        split_by_size(&mut found, below);
        read_row(&mut found, below, kind, mapping);
    }
    Some(found)
}

/// Whether a row under the headings names columns too: two or more, and nothing but names and sizes.
fn is_second_row(row: &[Cell], kind: Kind, mapping: &Mapping) -> bool {
    let names = |c: &&Cell| field_of(&c.text(), kind, mapping).is_some();
    let filled = || row.iter().filter(|c| !c.is_blank());
    let fields = filled().filter(names).count();
    let sizes = filled().filter(|c| is_size(&c.text())).count();
    let plain = !filled().any(|c| matches!(c, Cell::Number(_) | Cell::Date(_)));
    (fields > 1 && plain) || (sizes > 1 && fields + sizes == filled().count())
}

/// One heading of the quantity over several sizes means the sizes.
fn split_by_size(found: &mut Headings, below: &[Cell]) {
    let size = |column: usize| below.get(column).is_some_and(|c| is_size(&c.text()));
    found
        .fields
        .retain(|(column, field)| *field != Field::Qty || !size(*column));
}

fn read_row(found: &mut Headings, row: &[Cell], kind: Kind, mapping: &Mapping) {
    for (column, cell) in row.iter().enumerate() {
        let heading = cell.text();
        if heading.is_empty() || found.fields.iter().any(|(c, _)| *c == column) {
            continue;
        }
        match field_of(&heading, kind, mapping) {
            // A specification may be spread over columns; anything else counts once.
            Some(field) if found.column(field).is_none() || field == Field::Spec => {
                if QUANTITIES.contains(&field) && found.unit.is_empty() {
                    found.unit = fold(&heading).1;
                }
                found.fields.push((column, field));
            }
            None if kind == Kind::Orders && is_size(&heading) => {
                found.sizes.push((column, heading))
            }
            _ => found.unknown.push(heading),
        }
    }
}
