//! The product structure as a graph: who is made of what, and in which order items are netted.
//!
//! An item is netted only after all its parents. A structure that closes on itself is cut at one
//! line and named. Items that may stand in for each other are netted together, so that one's free
//! stock is known when the other looks for it.
// Every position used below was handed out by `Network::new` for lists of the same length.
#![allow(clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use super::input::{BomLine, Input, Item};
use super::outcome::Finding;

/// The graph over the positions of the items, in id order.
pub(in crate::plan) struct Network<'a> {
    pub(in crate::plan) items: Vec<&'a Item>,
    at: BTreeMap<i64, usize>,
    /// Usable BOM lines by parent, each with the position of its component.
    pub(in crate::plan) children: Vec<Vec<(&'a BomLine, usize)>>,
    /// Groups of positions, parents first; most groups hold one item.
    pub(in crate::plan) order: Vec<Vec<usize>>,
    /// Low-level codes.
    pub(in crate::plan) levels: Vec<u32>,
    /// Substitutes by position: position of the stand-in and its place in the item's list.
    pub(in crate::plan) stand_ins: Vec<Vec<(usize, usize)>>,
    pub(in crate::plan) findings: Vec<Finding>,
}

impl<'a> Network<'a> {
    pub(in crate::plan) fn new(input: &'a Input) -> Self {
        let mut items: Vec<&Item> = input.items.iter().collect();
        items.sort_by_key(|item| item.id);
        items.dedup_by_key(|item| item.id);
        let at: BTreeMap<i64, usize> = items.iter().enumerate().map(|(n, i)| (i.id, n)).collect();
        let count = items.len();
        let mut network = Self {
            items,
            at,
            children: vec![Vec::new(); count],
            order: Vec::new(),
            levels: vec![0; count],
            stand_ins: vec![Vec::new(); count],
            findings: Vec::new(),
        };
        network.link_bom(&input.bom);
        network.cut_loops();
        network.level();
        network.link_substitutes();
        network.sort_groups();
        network
    }

    pub(in crate::plan) fn position(&self, id: i64) -> Option<usize> {
        self.at.get(&id).copied()
    }

    pub(in crate::plan) fn code(&self, position: usize) -> String {
        self.items[position].code.clone()
    }

    fn link_bom(&mut self, bom: &'a [BomLine]) {
        let mut lines: Vec<&BomLine> = bom.iter().collect();
        lines.sort_by_key(|l| {
            (
                l.parent,
                l.component,
                l.operation,
                l.per,
                l.fixed,
                l.wastage,
            )
        });
        for line in lines {
            match (self.position(line.parent), self.position(line.component)) {
                (Some(parent), Some(component)) => self.children[parent].push((line, component)),
                (Some(parent), None) => self.findings.push(Finding::MissingComponent {
                    parent: self.code(parent),
                    component: line.component,
                }),
                (None, _) => self.findings.push(Finding::MissingParent {
                    parent: line.parent,
                    component: line.component,
                }),
            }
        }
    }

    /// Walks the structure from every item in turn; a line back into the walk's own path closes a
    /// loop and is left out.
    fn cut_loops(&mut self) {
        #[derive(Clone, Copy, PartialEq)]
        enum Mark {
            New,
            OnPath,
            Done,
        }
        let mut marks = vec![Mark::New; self.items.len()];
        for root in 0..self.items.len() {
            if marks[root] != Mark::New {
                continue;
            }
            let mut path = vec![(root, 0_usize)];
            marks[root] = Mark::OnPath;
            while let Some((node, next)) = path.last_mut() {
                let (node, at) = (*node, *next);
                let Some(&(_, child)) = self.children[node].get(at) else {
                    marks[node] = Mark::Done;
                    path.pop();
                    continue;
                };
                *next += 1;
                match marks[child] {
                    Mark::Done => {}
                    Mark::New => {
                        marks[child] = Mark::OnPath;
                        path.push((child, 0));
                    }
                    Mark::OnPath => {
                        // All lines between the two go at once, so one loop is one finding.
                        self.children[node].retain(|(_, c)| *c != child);
                        if let Some((_, next)) = path.last_mut() {
                            *next = at;
                        }
                        let from = path.iter().position(|(n, _)| *n == child).unwrap_or(0);
                        let codes = path[from..].iter().map(|(n, _)| self.code(*n)).collect();
                        self.findings.push(Finding::Loop { codes });
                    }
                }
            }
        }
    }

    /// Low-level code: the longest way down from an end product.
    fn level(&mut self) {
        let mut waiting = vec![0_usize; self.items.len()];
        for (_, child) in self.children.iter().flatten() {
            waiting[*child] += 1;
        }
        let mut ready: Vec<usize> = (0..waiting.len()).filter(|n| waiting[*n] == 0).collect();
        while let Some(node) = ready.pop() {
            for (_, child) in &self.children[node] {
                self.levels[*child] = self.levels[*child].max(self.levels[node] + 1);
                waiting[*child] -= 1;
                if waiting[*child] == 0 {
                    ready.push(*child);
                }
            }
        }
    }

    fn link_substitutes(&mut self) {
        for node in 0..self.items.len() {
            for (place, substitute) in self.items[node].substitutes.iter().enumerate() {
                match self.position(substitute.item) {
                    Some(other)
                        if substitute.ratio.is_positive()
                            && !self.contains(node, other)
                            && !self.contains(other, node) =>
                    {
                        self.stand_ins[node].push((other, place));
                    }
                    found => {
                        let substitute = found
                            .map_or_else(|| substitute.item.to_string(), |other| self.code(other));
                        let code = self.code(node);
                        self.findings
                            .push(Finding::BadSubstitute { code, substitute });
                    }
                }
            }
        }
    }

    /// Whether `inner` is `outer` or somewhere in its structure.
    fn contains(&self, outer: usize, inner: usize) -> bool {
        let mut seen = BTreeSet::from([outer]);
        let mut open = vec![outer];
        while let Some(node) = open.pop() {
            if node == inner {
                return true;
            }
            for (_, child) in &self.children[node] {
                if seen.insert(*child) {
                    open.push(*child);
                }
            }
        }
        false
    }

    /// Orders the groups, parents first. Where groups would have to come before each other (two
    /// stand-ins that cross in the structure), their substitutes are left out.
    fn sort_groups(&mut self) {
        loop {
            let group_of = self.groups();
            let (order, stuck) = self.try_order(&group_of);
            if stuck.is_empty() {
                self.order = order;
                return;
            }
            let mut cut = false;
            for node in stuck {
                for (other, _) in std::mem::take(&mut self.stand_ins[node]) {
                    cut = true;
                    self.findings.push(Finding::BadSubstitute {
                        code: self.code(node),
                        substitute: self.code(other),
                    });
                }
            }
            if !cut {
                // Cannot happen once loops are cut; keeps the walk finite whatever comes.
                self.order = order;
                return;
            }
        }
    }

    /// The smallest position of each item's substitution group.
    fn groups(&self) -> Vec<usize> {
        let mut lead: Vec<usize> = (0..self.items.len()).collect();
        let find = |lead: &[usize], mut n: usize| {
            while lead[n] != n {
                n = lead[n];
            }
            n
        };
        for (node, others) in self.stand_ins.iter().enumerate() {
            for (other, _) in others {
                let (a, b) = (find(&lead, node), find(&lead, *other));
                lead[a.max(b)] = a.min(b);
            }
        }
        (0..lead.len()).map(|n| find(&lead, n)).collect()
    }

    /// The groups in order, and the items that could not be ordered.
    fn try_order(&self, group_of: &[usize]) -> (Vec<Vec<usize>>, Vec<usize>) {
        let count = self.items.len();
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (node, lead) in group_of.iter().enumerate() {
            members[*lead].push(node);
        }
        let mut waiting = vec![0_usize; count];
        for (_, child) in self.children.iter().flatten() {
            waiting[group_of[*child]] += 1;
        }
        let mut ready: BTreeSet<usize> = (0..count)
            .filter(|n| group_of[*n] == *n && waiting[*n] == 0)
            .collect();
        let mut order = Vec::new();
        let mut placed = vec![false; count];
        while let Some(lead) = ready.pop_first() {
            for node in &members[lead] {
                placed[*node] = true;
                for (_, child) in &self.children[*node] {
                    let to = group_of[*child];
                    waiting[to] -= 1;
                    if waiting[to] == 0 {
                        ready.insert(to);
                    }
                }
            }
            order.push(std::mem::take(&mut members[lead]));
        }
        let stuck = (0..count).filter(|n| !placed[*n]).collect();
        (order, stuck)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::Qty;
    use crate::plan::explode::input::{Source, Substitute};

    fn check(lines: &str, substitutes: &str) -> (String, Vec<Finding>) {
        let mut input = Input::new("2026-11-23".parse().unwrap());
        let id = |t: &str| i64::from(t.as_bytes()[0] - b'A');
        input.items = ('A'..='F')
            .map(|c| Item::new(id(&c.to_string()), &c.to_string(), Source::Make))
            .collect();
        for pair in lines.split_whitespace() {
            let (parent, component) = pair.split_once('>').unwrap();
            input
                .bom
                .push(BomLine::new(id(parent), id(component), Qty::ONE));
        }
        for pair in substitutes.split_whitespace() {
            let (item, other) = pair.split_once('~').unwrap();
            input.items[usize::try_from(id(item)).unwrap()]
                .substitutes
                .push(Substitute {
                    item: id(other),
                    ratio: Qty::ONE,
                });
        }
        let network = Network::new(&input);
        let order = network.order.iter().map(|group| {
            let names: Vec<String> = group.iter().map(|n| network.code(*n)).collect();
            format!("{}{}", names.join("+"), network.levels[group[0]])
        });
        (order.collect::<Vec<_>>().join(" "), network.findings)
    }

    #[test]
    fn parents_come_first_and_the_code_is_the_longest_way_down() {
        assert_eq!(check("F>A F>B A>B B>C", "").0, "D0 E0 F0 A1 B2 C3");
    }

    #[test]
    fn a_loop_is_named_and_cut_once() {
        let (order, findings) = check("A>B B>C C>A C>A C>D", "");
        assert_eq!(order, "A0 B1 C2 D3 E0 F0");
        let codes = ["A", "B", "C"].map(str::to_owned).to_vec();
        assert_eq!(findings, [Finding::Loop { codes }]);
        let own = check("B>B", "").1;
        assert_eq!(
            own,
            [Finding::Loop {
                codes: vec!["B".to_owned()]
            }]
        );
    }

    #[test]
    fn stand_ins_are_netted_with_the_item_unless_it_contains_them() {
        assert_eq!(check("F>A E>B B>C", "A~B").0, "D0 E0 F0 A+B1 C2");
        let (order, findings) = check("A>B B>C", "A~C");
        assert_eq!(order, "A0 B1 C2 D0 E0 F0");
        assert_eq!(
            findings,
            [Finding::BadSubstitute {
                code: "A".to_owned(),
                substitute: "C".to_owned()
            }]
        );
    }
}
