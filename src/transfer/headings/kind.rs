//! What a sheet is about, told by its columns or by the user.

use super::fields::{Entry, Field};
use super::{Headings, Mapping, locate, materials, progress};
use crate::transfer::sheet::Sheet;

/// What the rows of a sheet are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Kind {
    #[default]
    Orders,
    /// Purchase lines that were placed.
    Purchases,
    /// The supplier's dates and quantities.
    Promises,
    /// What the warehouse took in.
    Receipts,
    /// What the warehouse counted.
    Stock,
    /// What a department made.
    Progress,
}

/// Where a file is opened: what a sheet that may be several things is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Desk {
    /// An order, unless the columns can only be of another kind.
    #[default]
    Intake,
    /// Of purchases or stock, unless they can only be of an order.
    Materials,
    /// A report of production and nothing else.
    Progress,
}

impl Kind {
    pub const ALL: &'static [Self] = &[
        Self::Orders,
        Self::Purchases,
        Self::Promises,
        Self::Receipts,
        Self::Stock,
        Self::Progress,
    ];
    /// Kinds about purchases and stock; the first that a sheet can be is what it is taken for.
    const OF_MATERIALS: [Self; 4] = [Self::Receipts, Self::Promises, Self::Stock, Self::Purchases];

    /// The word of the command line and of remembered headings.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Purchases => "purchases",
            Self::Promises => "promises",
            Self::Receipts => "receipts",
            Self::Stock => "stock",
            Self::Progress => "progress",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.code() == code)
    }

    /// The fields that a sheet of this kind may have.
    #[must_use]
    pub const fn table(self) -> &'static [Entry] {
        match self {
            Self::Orders => Field::TABLE,
            Self::Progress => progress::TABLE,
            _ => materials::TABLE,
        }
    }

    /// The kind after this one among those about purchases and stock; production has only one.
    #[must_use]
    pub fn turn(self) -> Self {
        if self == Self::Progress {
            return self;
        }
        let all = Self::OF_MATERIALS;
        let at = all.iter().position(|k| *k == self).map_or(0, |at| at + 1);
        all.get(at % all.len()).copied().unwrap_or(self)
    }

    /// Whether there is everything that a sheet of this kind cannot do without.
    #[must_use]
    pub fn fits(self, found: &Headings) -> bool {
        use Field as F;
        let has = |f: F| found.column(f).is_some();
        let any = |list: &[F]| list.iter().any(|f| has(*f));
        let number = any(&[F::PurchaseNo, F::OrderNo]);
        match self {
            Self::Orders => {
                any(&[F::Item, F::Name, F::Spec]) && (has(F::Qty) || !found.sizes.is_empty())
            }
            Self::Purchases => number && has(F::Item) && any(&[F::Ordered, F::Qty]),
            Self::Promises => number && any(&[F::PromisedDate, F::RequestedDate]),
            Self::Receipts => {
                number && any(&[F::Accepted, F::Arrived, F::Rejected, F::Held, F::Qty])
            }
            Self::Stock => has(F::Item) && any(&[F::OnHand, F::Qty]),
            Self::Progress => {
                any(&[F::ProductionNo, F::OrderNo])
                    && any(&[F::Good, F::Output, F::Defect, F::Rework, F::Scrap])
            }
        }
    }

    /// Whether the columns are those of this kind and of none other; `filled` says whether a column
    /// holds anything, since many sheets carry columns for others to fill in.
    fn is_plain(self, found: &Headings, desk: Desk, filled: &dyn Fn(Field) -> bool) -> bool {
        use Field as F;
        if !self.fits(found) {
            return false;
        }
        let any = |list: &[F]| list.iter().any(|f| filled(*f));
        let loose = desk == Desk::Materials;
        match self {
            Self::Orders => true,
            Self::Receipts => {
                // A customer may write when goods shall arrive; a delivery note says that they did.
                let noted = any(&[F::Document, F::Rejected, F::Held]);
                let dated = filled(F::ReceivedOn);
                any(&[F::Accepted, F::Arrived])
                    || (filled(F::Qty) && ((dated && noted) || (loose && (dated || noted))))
            }
            Self::Promises => filled(F::PromisedDate) || (loose && filled(F::RequestedDate)),
            Self::Stock => filled(F::OnHand),
            Self::Purchases => loose,
            Self::Progress => filled(F::Operation),
        }
    }
}

/// What a sheet is and where its headings stand. What the user stated counts; else the columns do,
/// with what was said before about the same headings.
#[must_use]
pub fn recognise(
    sheet: &Sheet,
    stated: Option<Kind>,
    desk: Desk,
    mapping: &Mapping,
) -> Option<(Kind, Headings)> {
    if let Some(kind) = stated {
        return Some((kind, super::find(sheet, kind, mapping)?));
    }
    let orders = || Some((Kind::Orders, super::find(sheet, Kind::Orders, mapping)?));
    let of_materials = || {
        let found = locate(sheet, Kind::Receipts, mapping)?;
        let filled = |field: Field| {
            let column = found.column(field);
            let rows = || sheet.rows.iter().skip(found.data);
            column.is_some_and(|c| rows().any(|row| row.get(c).is_some_and(|x| !x.is_blank())))
        };
        let mut kinds = Kind::OF_MATERIALS.into_iter();
        let kind = kinds.find(|k| k.is_plain(&found, desk, &filled))?;
        Some((kind, found))
    };
    let of_progress = || {
        let found = super::find(sheet, Kind::Progress, mapping)?;
        // Goods received are accepted too; only production has operations.
        let named = desk == Desk::Progress || found.column(Field::Operation).is_some();
        named.then_some((Kind::Progress, found))
    };
    match desk {
        Desk::Progress => of_progress(),
        Desk::Materials => of_progress().or_else(of_materials).or_else(orders),
        Desk::Intake if of_progress().is_some() => of_progress(),
        Desk::Intake => {
            // Who buys at what price stands on an order, whatever else it says.
            let telling = [
                Field::Customer,
                Field::UnitPrice,
                Field::Amount,
                Field::Colour,
            ];
            let orders = orders();
            let plain = orders.as_ref().is_some_and(|(_, found)| {
                !found.sizes.is_empty() || telling.iter().any(|f| found.column(*f).is_some())
            });
            let other = of_materials().filter(|(kind, _)| match kind {
                Kind::Receipts => true,
                Kind::Promises => !plain,
                _ => orders.is_none(),
            });
            other.or(orders)
        }
    }
}
