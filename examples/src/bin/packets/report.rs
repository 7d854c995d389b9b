//! [`Report`]: what came out, as a table or as JSON.

use serde_json::{Value, json};

/// One line of the table.
pub(crate) struct Report {
    name: &'static str,
    /// Whether this one says that it loses nothing.
    promises: bool,
    expected: usize,
    delivered: usize,
    in_order: bool,
    packets: u64,
}

impl Report {
    pub(crate) fn new(name: &'static str, promises: bool, expected: &[i64], arrived: &[i64], packets: u64) -> Self {
        let in_order = arrived.is_sorted_by(|a, b| a < b);
        Self { name, promises, expected: expected.len(), delivered: arrived.len(), in_order, packets }
    }

    fn lost(&self) -> usize {
        self.expected.abs_diff(self.delivered)
    }

    /// True also if nothing was promised.
    pub(crate) fn keeps_its_promises(&self) -> bool {
        !self.promises || self.lost() == 0 && self.in_order
    }
}

pub(crate) fn table(reports: &[Report]) -> String {
    let mut lines = vec![format!("{:<20}{:>8}{:>11}{:>8}{:>10}", "", "items", "delivered", "lost", "packets")];
    for it in reports {
        lines.push(format!("{:<20}{:>8}{:>11}{:>8}{:>10}", it.name, it.expected, it.delivered, it.lost(), it.packets));
    }
    lines.join("\n")
}

pub(crate) fn json(reports: &[Report]) -> Value {
    let object = |it: &Report| {
        json!({
            "name": it.name,
            "items": it.expected,
            "delivered": it.delivered,
            "lost": it.lost(),
            "in_order": it.in_order,
            "packets": it.packets,
            "verdict": if it.lost() == 0 && it.in_order { "pass" } else { "fail" },
        })
    };
    reports.iter().map(object).collect()
}
