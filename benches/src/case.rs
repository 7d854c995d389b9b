//! [`Case`]: something that is measured, and code without onpar that does the same work.

use core::iter;

/// Something that is measured, and the code without onpar that does the same work.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// What the command line and the tables call it.
    pub name: &'static str,
    /// How many guards, or whatever the case is about, one iteration has. Figures are given for one of them.
    pub units: u32,
    /// With onpar.
    pub onpar: Side,
    /// Without: what onpar is compared with first.
    pub peer: Side,
    /// With other libraries.
    pub others: &'static [Side],
}

/// One of the programs of a case.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// What it is made with.
    pub name: &'static str,
    /// Does the work so many times.
    pub run: fn(u64),
}

impl Side {
    pub(crate) const fn new(name: &'static str, run: fn(u64)) -> Self {
        Self { name, run }
    }
}

impl Case {
    /// A case beside plain code, with one unit.
    pub(crate) const fn new(name: &'static str, onpar: fn(u64), plain: fn(u64)) -> Self {
        Self { name, units: 1, onpar: Side::new("onpar", onpar), peer: Side::new("plain", plain), others: &[] }
    }

    /// The same with so many units in one iteration.
    pub(crate) const fn units(self, units: u32) -> Self {
        Self { units, ..self }
    }

    /// The same beside code that is not plain, but made with `peer`.
    pub(crate) const fn beside(self, peer: &'static str) -> Self {
        Self { peer: Side::new(peer, self.peer.run), ..self }
    }

    /// The same beside others too.
    pub(crate) const fn and(self, others: &'static [Side]) -> Self {
        Self { others, ..self }
    }

    /// Those without onpar.
    pub fn peers(&self) -> impl Iterator<Item = Side> {
        iter::once(self.peer).chain(self.others.iter().copied())
    }

    /// All sides, that with onpar first.
    pub fn sides(&self) -> impl Iterator<Item = Side> {
        iter::once(self.onpar).chain(self.peers())
    }

    /// The cases of these names: all, if there are no names.
    ///
    /// # Errors
    ///
    /// With the known names, if one is unknown.
    pub fn choose(names: &[String]) -> Result<Vec<Self>, String> {
        let all = crate::cases();
        for name in names {
            if !all.iter().any(|case| case.name == name) {
                let known: Vec<_> = all.iter().map(|case| case.name).collect();
                return Err(format!("there is no case `{name}`; there are: {}", known.join(", ")));
            }
        }
        Ok(all.into_iter().filter(|case| names.is_empty() || names.iter().any(|name| name == case.name)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_runs_on_all_sides_also_zero_times() {
        for case in crate::cases().into_iter().filter(|case| case.units <= 10_000) {
            for side in case.sides() {
                (side.run)(0);
                (side.run)(2);
            }
        }
    }

    #[test]
    fn names_are_unique_and_an_unknown_one_is_an_error_that_names_them() {
        let all = crate::cases();
        for case in &all {
            assert_eq!(all.iter().filter(|other| other.name == case.name).count(), 1, "{}", case.name);
            for side in case.sides() {
                assert_eq!(case.sides().filter(|other| other.name == side.name).count(), 1, "{}", case.name);
                assert!(!side.name.contains(' '), "a name on the command line: {}", side.name);
            }
        }
        let error = Case::choose(&["close".into()]).err();
        assert!(error.is_some_and(|error| error.contains("`close`") && error.contains("close_fresh_scope")));
        assert_eq!(Case::choose(&["close_fresh_scope".into()]).map(|chosen| chosen.len()), Ok(1));
    }
}
