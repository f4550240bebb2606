//! Nets material needs against stock and open purchases, one level of the bill at a time.
//!
//! Pure: takes needs and supplies, returns what each need is covered by and what has to be bought
//! or made. Shortages are results, not errors. Allocation is by date, then weight, then number,
//! without skipping; requirements of an item are consolidated before its lot rule is applied once;
//! what a lot leaves over is carried forward.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::codes::WastageRule;
use crate::domain::item::{BomLine, Item};
use crate::domain::quantity::{Micro, Qty};
use crate::domain::rule::purchase::usable;
use crate::domain::world::World;

/// The deepest bill that is exploded; beyond it a loop is assumed.
pub const LEVELS_MAX: usize = 64;

/// A need for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub item_id: i64,
    pub qty: Qty,
    /// Pieces of the parent that it is for.
    pub sets: Qty,
    pub date: NaiveDate,
    /// Customer weight; the larger is served first on one day.
    pub weight: Micro,
    /// Production order it is for; zero: none yet.
    pub production_order_id: i64,
    pub order_id: Option<i64>,
    pub line_no: i64,
}

/// What covers a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    pub need: Need,
    pub from_stock: Qty,
    pub from_on_order: Qty,
    /// Not covered by anything that is there or on its way.
    pub net: Qty,
    /// When the last of what is on order for it arrives.
    pub arrives: Option<NaiveDate>,
    /// Planned for it after the lot rule; the surplus of a lot goes to the need that began it.
    pub planned: Qty,
    /// When to order or start at the latest; `None` where nothing is planned.
    pub release: Option<NaiveDate>,
    pub rule: LotRule,
}

/// Which lot rule made the quantity what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LotRule {
    None,
    LotForLot,
    Minimum,
    Multiple,
    Grouped,
}

impl LotRule {
    /// The code in the interchange format.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "",
            Self::LotForLot => "lot-for-lot",
            Self::Minimum => "moq",
            Self::Multiple => "multiple",
            Self::Grouped => "grouped",
        }
    }
}

/// What one good piece of the parent's `qty` needs of a component.
///
/// Wastage multiplies or divides by the line's own rule; the parent's assembly wastage compounds.
#[must_use]
pub fn component_need(parent: &Item, line: &BomLine, qty: Qty) -> Qty {
    let plain = qty.times(line.qty);
    let scrapped = match line.wastage_rule {
        WastageRule::Multiply => plain.times(Micro::ONE + line.wastage),
        WastageRule::Divide => plain.over((Micro::ONE - line.wastage).max(Micro(1))),
    };
    scrapped.times(Micro::ONE + parent.assembly_wastage) + line.fixed
}

/// Items in an order in which every parent stands before its components; items of a loop are
/// returned apart.
#[must_use]
pub fn levels(world: &World) -> (Vec<i64>, BTreeSet<i64>) {
    let mut level: BTreeMap<i64, usize> = world.items.iter().map(|i| (i.id, 0)).collect();
    let mut looped = BTreeSet::new();
    for round in 0..=LEVELS_MAX {
        let mut moved = false;
        for line in &world.bom_lines {
            let above = level.get(&line.item_id).copied().unwrap_or(0);
            let below = level.entry(line.component_id).or_insert(0);
            if *below <= above {
                *below = above + 1;
                moved = true;
                if round == LEVELS_MAX {
                    looped.insert(line.component_id);
                }
            }
        }
        if !moved {
            break;
        }
    }
    let mut order: Vec<(usize, i64)> = level.into_iter().map(|(id, level)| (level, id)).collect();
    order.sort_unstable();
    (
        order
            .into_iter()
            .map(|(_, id)| id)
            .filter(|id| !looped.contains(id))
            .collect(),
        looped,
    )
}

/// A supply that is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coming {
    pub date: NaiveDate,
    pub qty: Qty,
}

/// Nets all needs, explodes what has to be made, and returns each need with its cover.
///
/// `coming` holds what is on order by item. Needs of made items that nothing covers are exploded
/// on; those of production orders that exist already come as needs of their components.
#[must_use]
pub fn net(
    world: &World,
    calendar: &Calendar,
    needs: Vec<Need>,
    coming: &BTreeMap<i64, Vec<Coming>>,
    today: NaiveDate,
) -> Vec<Covered> {
    let (order, _) = levels(world);
    let mut by_item: BTreeMap<i64, Vec<Need>> = BTreeMap::new();
    for need in needs {
        by_item.entry(need.item_id).or_default().push(need);
    }
    let mut all = Vec::new();
    for id in order {
        let Some(item) = world.items.get(id) else {
            continue;
        };
        let mut needs = by_item.remove(&id).unwrap_or_default();
        needs.sort_by(|a, b| {
            let rank = |n: &Need| {
                (
                    n.date,
                    std::cmp::Reverse(n.weight),
                    n.order_id,
                    n.production_order_id,
                )
            };
            rank(a).cmp(&rank(b))
        });
        let supplies = coming.get(&id).map(Vec::as_slice).unwrap_or_default();
        let covered = if item.phantom {
            through(needs)
        } else {
            cover(item, needs, supplies, calendar, today)
        };
        for one in &covered {
            if item.make || item.phantom {
                explode(world, item, one, &mut by_item);
            }
        }
        if !item.phantom {
            all.extend(covered);
        }
    }
    all
}

/// A phantom is never stocked: its needs go through to its parts.
fn through(needs: Vec<Need>) -> Vec<Covered> {
    let whole = |need: Need| Covered {
        from_stock: Qty::ZERO,
        from_on_order: Qty::ZERO,
        net: need.qty,
        arrives: None,
        planned: need.qty,
        release: Some(need.date),
        rule: LotRule::None,
        need,
    };
    needs.into_iter().map(whole).collect()
}

fn explode(world: &World, item: &Item, made: &Covered, by_item: &mut BTreeMap<i64, Vec<Need>>) {
    if !made.planned.is_positive() {
        return;
    }
    for line in world.bom_lines.of(item.id) {
        let qty = component_need(item, line, made.planned);
        let date = made.release.unwrap_or(made.need.date);
        let need = Need {
            item_id: line.component_id,
            qty,
            date,
            ..made.need.clone()
        };
        by_item.entry(line.component_id).or_default().push(need);
    }
}

fn cover(
    item: &Item,
    needs: Vec<Need>,
    coming: &[Coming],
    calendar: &Calendar,
    today: NaiveDate,
) -> Vec<Covered> {
    let mut stock = (usable(item) - item.safety_stock).floor_zero();
    let mut coming = coming.to_vec();
    coming.sort_unstable();
    let mut coming = coming.into_iter().peekable();
    let mut left_over = Qty::ZERO;
    let mut list: Vec<Covered> = Vec::new();
    for need in needs {
        let from_stock = stock.min(need.qty);
        stock -= from_stock;
        let (mut from_on_order, mut arrives) = (Qty::ZERO, None);
        while from_stock + from_on_order < need.qty {
            let Some(next) = coming.peek_mut() else { break };
            let take = next.qty.min(need.qty - from_stock - from_on_order);
            next.qty -= take;
            from_on_order += take;
            arrives = arrives.max(Some(next.date));
            if next.qty.is_zero() {
                coming.next();
            }
        }
        let open = need.qty - from_stock - from_on_order;
        let carried = left_over.min(open);
        left_over -= carried;
        let net = open - carried;
        let covered = Covered {
            need,
            from_stock,
            from_on_order,
            net,
            arrives,
            planned: Qty::ZERO,
            release: None,
            rule: LotRule::None,
        };
        left_over += place(item, &mut list, covered, calendar, today);
    }
    list
}

/// Puts a need in the list with its lot; returns what the lot leaves over.
fn place(
    item: &Item,
    list: &mut Vec<Covered>,
    mut one: Covered,
    calendar: &Calendar,
    today: NaiveDate,
) -> Qty {
    if !one.net.is_positive() || item.customer_supplied {
        list.push(one);
        return Qty::ZERO;
    }
    let days = |first: &Covered| (one.need.date - first.need.date).num_days();
    if item.group_days > 0
        && let Some(first) = list.iter_mut().rev().find(|c| c.planned.is_positive())
        && days(first) < item.group_days
    {
        // The window counts from the first need of the lot, as purchasers do it.
        let before = first.planned;
        first.net += one.net;
        (first.planned, _) = lot(item, first.net);
        first.rule = LotRule::Grouped;
        let more = first.planned - before - one.net;
        one.net = Qty::ZERO;
        list.push(one);
        return more.floor_zero();
    }
    (one.planned, one.rule) = lot(item, one.net);
    let lead = i32::try_from(item.lead_days).unwrap_or(i32::MAX).min(3_650);
    one.release = Some(calendar.add_days(one.need.date, -lead).unwrap_or(today));
    let more = one.planned - one.net;
    list.push(one);
    more
}

/// Minimum first, then the multiple: the quantity that is really ordered.
fn lot(item: &Item, net: Qty) -> (Qty, LotRule) {
    let least = net.max(item.moq);
    let rounded = least.ceil_to(item.multiple);
    let rule = if rounded > least {
        LotRule::Multiple
    } else if least > net {
        LotRule::Minimum
    } else {
        LotRule::LotForLot
    };
    (rounded, rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::world::Rows;

    fn day(n: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap() + chrono::Duration::days(n)
    }

    fn need(item_id: i64, qty: i64, at: i64, order: i64) -> Need {
        Need {
            item_id,
            qty: Qty::whole(qty),
            sets: Qty::whole(qty),
            date: day(at),
            weight: Micro::ONE,
            production_order_id: 0,
            order_id: Some(order),
            line_no: 1,
        }
    }

    fn item(id: i64, make: bool) -> Item {
        Item {
            id,
            code: format!("I{id}"),
            make,
            ..Item::default()
        }
    }

    fn world(items: Vec<Item>, bom: Vec<BomLine>) -> World {
        World {
            items: Rows::new(items),
            bom_lines: Rows::new(bom),
            ..World::default()
        }
    }

    fn run(
        world: &World,
        needs: Vec<Need>,
        coming: &[(i64, i64, i64)],
    ) -> Vec<(i64, i64, i64, i64, i64, String)> {
        let mut by_item: BTreeMap<i64, Vec<Coming>> = BTreeMap::new();
        for (item, qty, at) in coming {
            by_item.entry(*item).or_default().push(Coming {
                date: day(*at),
                qty: Qty::whole(*qty),
            });
        }
        let whole = |q: Qty| q.0 / 1_000_000;
        net(world, &Calendar::always("ALL"), needs, &by_item, day(0))
            .into_iter()
            .map(|c| {
                let rule = c.rule.code().to_owned();
                (
                    c.need.item_id,
                    whole(c.from_stock),
                    whole(c.from_on_order),
                    whole(c.net),
                    whole(c.planned),
                    rule,
                )
            })
            .collect()
    }

    #[test]
    fn stock_serves_the_earliest_need_first_and_holds_are_not_stock() {
        let cloth = Item {
            on_hand: Qty::whole(100),
            on_hold: Qty::whole(30),
            ..item(1, false)
        };
        let got = run(
            &world(vec![cloth], vec![]),
            vec![need(1, 50, 9, 2), need(1, 50, 3, 1)],
            &[(1, 10, 5)],
        );
        assert_eq!(
            got,
            [
                (1, 50, 0, 0, 0, String::new()),
                (1, 20, 10, 20, 20, "lot-for-lot".to_owned()),
            ]
        );
    }

    #[test]
    fn a_lot_rule_acts_once_and_its_surplus_serves_the_next_need() {
        let thread = Item {
            moq: Qty::whole(100),
            multiple: Qty::whole(30),
            ..item(1, false)
        };
        let got = run(
            &world(vec![thread], vec![]),
            vec![need(1, 80, 1, 1), need(1, 50, 2, 2)],
            &[],
        );
        assert_eq!(
            got,
            [
                (1, 0, 0, 80, 120, "multiple".to_owned()),
                (1, 0, 0, 10, 120, "multiple".to_owned()),
            ]
        );
        let grouped = Item {
            moq: Qty::whole(100),
            group_days: 7,
            ..item(1, false)
        };
        let got = run(
            &world(vec![grouped], vec![]),
            vec![need(1, 80, 1, 1), need(1, 50, 2, 2)],
            &[],
        );
        let planned: i64 = got.iter().map(|g| g.4).sum();
        assert_eq!(planned, 130, "one lot for both: {got:?}");
    }

    #[test]
    fn wastage_follows_the_rule_of_the_line_and_compounds() {
        let parent = Item {
            assembly_wastage: "0.1".parse().unwrap(),
            ..item(1, true)
        };
        let line = BomLine {
            qty: Qty::whole(2),
            wastage: "0.2".parse().unwrap(),
            ..BomLine::default()
        };
        assert_eq!(
            component_need(&parent, &line, Qty::whole(100)),
            Qty::whole(264)
        );
        let divide = BomLine {
            wastage_rule: WastageRule::Divide,
            ..line
        };
        assert_eq!(
            component_need(&parent, &divide, Qty::whole(100)),
            Qty::whole(275)
        );
    }

    #[test]
    fn a_loop_in_a_bill_is_found_and_the_rest_is_planned() {
        let bom = |id, parent, part| BomLine {
            id,
            item_id: parent,
            component_id: part,
            qty: Micro::ONE,
            ..BomLine::default()
        };
        let world = world(
            vec![item(1, true), item(2, true), item(3, true), item(4, false)],
            vec![bom(1, 1, 2), bom(2, 2, 1), bom(3, 3, 4)],
        );
        let (order, looped) = levels(&world);
        assert!(looped.contains(&1) && looped.contains(&2));
        assert_eq!(order, [3, 4]);
        let got = run(&world, vec![need(3, 5, 3, 1)], &[]);
        assert_eq!(
            got.iter().map(|g| (g.0, g.4)).collect::<Vec<_>>(),
            [(3, 5), (4, 5)]
        );
    }
}
