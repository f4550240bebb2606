//! Where each table stands in the interchange file: its list, what it nests in, its keys.
//!
//! Only what differs from `domain::schema` is written here: a column's key is its own name, a
//! reference's the name without `_id`. Reading, writing and bringing in all follow these tables,
//! so a new column needs no line here at all.

use crate::domain::schema::{Column, Kind, Table, table};

/// What happens to a row whose key is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Master data: what the file says is changed, nested lists are replaced.
    Master,
    /// Something that happened: it must be equal, else the file is refused.
    Event,
}

/// A list of the interchange file.
#[derive(Debug, Clone, Copy)]
pub struct List {
    pub name: &'static str,
    pub table: &'static str,
    pub role: Role,
    /// Columns whose keys are not the ones their names give.
    pub renamed: &'static [(&'static str, &'static [&'static str])],
    pub nested: &'static [Self],
}

/// How a column is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As its kind is.
    Plain,
    /// A code in capitals.
    Upper,
    /// Open times as a list of texts.
    Shifts,
    /// A reference to a row that only its `ref` names, in the list of that table.
    Mark(&'static str),
    /// What a chase or snooze is about: the key of a row of the table that `subject` names.
    Subject,
}

/// Where a column stands in a row of the interchange file.
#[derive(Debug, Clone)]
pub struct Place {
    pub column: &'static Column,
    /// One key, or one for each part of the key of the row it refers to.
    pub keys: Vec<&'static str>,
    pub way: Way,
    /// The object within the row that holds it; empty for the row itself.
    pub group: &'static str,
}

/// The key by which rows name themselves for others where they have no better one.
pub const MARK: &str = "ref";
/// Says that a production order has exactly the operations listed, whatever its routing.
pub const OWN_ROUTING: &str = "own_routing";
/// What a chase or snooze is about.
pub const SUBJECT: &str = "of";
/// Columns of an operation that the routing fills where a file does not say them.
pub const ROUTED: &[&str] = &[
    "name",
    "work_centre_id",
    "setup_minutes",
    "minutes_per_unit",
    "wait_minutes",
    "transfer_qty",
    "outsource_days",
];
/// The week of a calendar.
pub const WEEK: &str = "week";

const fn master(name: &'static str, table: &'static str) -> List {
    List {
        name,
        table,
        role: Role::Master,
        renamed: &[],
        nested: &[],
    }
}

const fn event(name: &'static str, table: &'static str) -> List {
    List {
        name,
        table,
        role: Role::Event,
        renamed: &[],
        nested: &[],
    }
}

/// All lists in the order they are written.
pub const LISTS: &[List] = &[
    List {
        nested: &[master("days", "calendar_day")],
        ..master("calendars", "calendar")
    },
    master("customers", "customer"),
    master("suppliers", "supplier"),
    List {
        nested: &[master("lines", "line")],
        ..master("work_centres", "work_centre")
    },
    List {
        nested: &[
            List {
                renamed: &[("component_id", &["item"])],
                ..master("bom", "bom_line")
            },
            master("routing", "routing_step"),
            List {
                renamed: &[("substitute_id", &["item"])],
                ..master("substitutes", "substitute")
            },
            master("units", "unit_factor"),
        ],
        ..master("items", "item")
    },
    List {
        nested: &[List {
            nested: &[
                event("sizes", "line_size"),
                event("schedule", "schedule_line"),
                event("commitments", "commitment"),
            ],
            ..event("lines", "order_line")
        }],
        ..event("orders", "orders")
    },
    List {
        nested: &[
            event("also_for", "production_order_line"),
            List {
                renamed: &[
                    ("starts", &["start"]),
                    ("ends", &["end"]),
                    ("opening_qty", &["done_qty"]),
                ],
                ..event("operations", "operation")
            },
        ],
        ..event("production_orders", "production_order")
    },
    List {
        nested: &[event("promises", "promise"), event("receipts", "receipt")],
        ..event("purchases", "purchase")
    },
    event("reservations", "reservation"),
    event("progress", "progress"),
    List {
        nested: &[
            event("lines", "shipment_line"),
            event("cartons", "carton"),
            event("papers", "export_paper"),
        ],
        ..event("shipments", "shipment")
    },
    event("documents", "document"),
    event("facts", "fact"),
    event("queries", "query"),
    List {
        renamed: &[("no", &["round"])],
        nested: &[event("answers", "answer")],
        ..event("answers", "review_round")
    },
    event("samples", "sample"),
    event("milestones", "milestone"),
    List {
        nested: &[
            List {
                renamed: &[("starts", &["start"]), ("ends", &["end"])],
                ..event("options", "exception_option")
            },
            List {
                renamed: &[("starts", &["start"]), ("ends", &["end"])],
                ..event("effects", "exception_effect")
            },
            event("actions", "exception_action"),
            event("evidence", "exception_evidence"),
            event("orders", "exception_order"),
        ],
        ..event("exceptions", "exception")
    },
    event("chases", "chase"),
    event("review_points", "review_point"),
    event("decisions", "decision"),
    List {
        nested: &[event("acknowledgements", "acknowledgement")],
        ..event("amendments", "amendment")
    },
    event("inspections", "inspection"),
    event("credits", "credit"),
    List {
        nested: &[event("uses", "lesson_use")],
        ..event("lessons", "lesson")
    },
    List {
        renamed: &[("starts", &["start"]), ("ends", &["end"])],
        ..event("capacity_blocks", "capacity_block")
    },
    List {
        nested: &[List {
            renamed: &[("starts", &["start"]), ("ends", &["end"])],
            ..event("operations", "plan_row")
        }],
        ..event("plans", "plan")
    },
    event("snoozes", "snooze"),
    event("handovers", "handover"),
    event("source_files", "source_file"),
    master("aliases", "alias"),
    master("heading_maps", "heading_map"),
    master("settings", "setting"),
];

/// The tables in the order their rows are brought in: each after those it refers to.
#[rustfmt::skip]
pub const ORDER: &[&str] = &[
    "source_file", "setting", "heading_map", "alias",
    "calendar", "calendar_day", "customer", "supplier", "work_centre", "line", "capacity_block",
    "item", "bom_line", "routing_step", "substitute", "unit_factor",
    "orders", "order_line", "line_size", "schedule_line", "commitment", "amendment", "acknowledgement",
    "document", "fact", "review_point", "review_round", "answer", "decision",
    "query", "sample", "milestone",
    "production_order", "production_order_line", "operation", "plan", "plan_row",
    "purchase", "promise", "receipt", "reservation", "progress",
    "shipment", "shipment_line", "carton", "export_paper", "inspection", "credit",
    "exception", "exception_option", "exception_effect",
    "exception_action", "exception_evidence", "exception_order", "lesson", "lesson_use",
    "chase", "snooze", "handover",
];

/// The tables whose rows are named by `ref` alone.
pub const MARKED: &[&str] = &["document", "progress", "inspection"];

/// The list that holds a table, with the table it nests in.
#[must_use]
pub fn list_of(table: &str) -> Option<(&'static List, Option<&'static List>)> {
    fn within(
        lists: &'static [List],
        above: Option<&'static List>,
        table: &str,
    ) -> Option<(&'static List, Option<&'static List>)> {
        lists.iter().find_map(|list| {
            if list.table == table {
                Some((list, above))
            } else {
                within(list.nested, Some(list), table)
            }
        })
    }
    within(LISTS, None, table)
}

/// The columns of a list's rows, each with its place; the link to the row above has none.
#[must_use]
pub fn places(list: &List, nested: bool) -> Vec<Place> {
    let Some(table) = table(list.table) else {
        return Vec::new();
    };
    let of = |column: &'static Column| !(nested && column.name == table.parent);
    table
        .columns
        .iter()
        .filter(|column| of(column))
        .map(|column| place(list, table, column))
        .collect()
}

fn place(list: &List, table: &Table, column: &'static Column) -> Place {
    let renamed = list.renamed.iter().find(|(name, _)| *name == column.name);
    let own = column.name.strip_suffix("_id").unwrap_or(column.name);
    let (mut keys, mut way, mut group) = (vec![own], Way::Plain, "");
    match column.kind {
        Kind::Ref(target) if MARKED.contains(&target) => way = Way::Mark(target),
        Kind::Ref(target) => match target {
            "order_line" => keys = vec!["order", "line"],
            "operation" => keys = vec!["production_order", "seq"],
            "purchase" => keys = vec!["purchase", "purchase_line"],
            "line" => keys = vec!["line_centre", "line"],
            _ => {}
        },
        Kind::Whole if column.name == "subject_id" => {
            way = Way::Subject;
            keys = vec![SUBJECT];
        }
        Kind::Code(_) if table.name == "customer" => way = Way::Upper,
        Kind::Text if column.name == "shifts" => way = Way::Shifts,
        Kind::Text if table.name == "calendar" && is_weekday(column.name) => {
            way = Way::Shifts;
            group = WEEK;
        }
        _ => {}
    }
    if let Some((_, names)) = renamed {
        keys = names.to_vec();
    }
    Place {
        column,
        keys,
        way,
        group,
    }
}

fn is_weekday(name: &str) -> bool {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(&name)
}

/// The table of what a chase or snooze is about.
#[must_use]
pub fn subject_table(code: &str) -> Option<&'static Table> {
    table(if code == "order" { "orders" } else { code })
}

/// The kinds of the parts of a table's key, references followed to what names their rows.
#[must_use]
pub fn key_kinds(table: &Table) -> Vec<Kind> {
    let columns = table.key.iter().filter_map(|name| table.column(name));
    columns
        .flat_map(|column| match column.kind {
            Kind::Ref(target) => crate::domain::schema::table(target)
                .map(key_kinds)
                .unwrap_or_default(),
            kind => vec![kind],
        })
        .collect()
}

/// Whether a row cannot be without a value in this column.
#[must_use]
pub fn is_required(table: &Table, column: &Column) -> bool {
    if column.optional {
        return false;
    }
    match column.kind {
        Kind::Date | Kind::Moment | Kind::Ref(_) => true,
        Kind::Whole if !column.default.is_empty() => false,
        _ => table.key.contains(&column.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::TABLES;

    #[test]
    fn every_table_has_one_list_and_comes_after_what_it_refers_to() {
        let mut seen: Vec<&str> = Vec::new();
        for name in ORDER {
            let (list, above) = list_of(name).unwrap_or_else(|| panic!("{name} has no list"));
            let table = table(name).unwrap();
            if let Some(above) = above {
                let parent = table.column(table.parent).unwrap();
                assert_eq!(parent.kind, Kind::Ref(above.table), "{name} is linked by");
            }
            for place in places(list, above.is_some()) {
                if let Kind::Ref(target) = place.column.kind {
                    let before = seen.contains(&target) || target == *name;
                    assert!(before, "{name}.{} comes before {target}", place.column.name);
                    let parts = key_kinds(crate::domain::schema::table(target).unwrap()).len();
                    let marked = MARKED.contains(&target);
                    assert_eq!(place.keys.len(), if marked { 1 } else { parts }, "{name}");
                }
            }
            seen.push(name);
        }
        let mut all: Vec<&str> = TABLES.iter().map(|t| t.name).collect();
        all.sort_unstable();
        seen.sort_unstable();
        assert_eq!(seen, all);
    }

    #[test]
    fn no_list_uses_a_key_twice() {
        for table in TABLES {
            let (list, above) = list_of(table.name).unwrap();
            let mut keys: Vec<&str> = places(list, above.is_some())
                .iter()
                .flat_map(|p| p.keys.clone())
                .chain(list.nested.iter().map(|n| n.name))
                .chain([MARK, OWN_ROUTING, WEEK])
                .collect();
            let count = keys.len();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), count, "{}", table.name);
        }
    }
}
