//! [`View`]: what is shown, and who is told that it has changed.

use std::cell::RefCell;

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// How long the window has been there, in tenths of a second.
    pub tenths: u32,
    /// Bytes of the download so far.
    pub received: usize,
    /// What it is at.
    pub status: &'static str,
}

/// What is shown, and who is told that it has changed.
pub struct View {
    shown: RefCell<Shown>,
    changed: Box<dyn Fn(&Shown)>,
}

impl View {
    /// `changed` is called with each change. It must not change the view.
    pub fn new(changed: impl Fn(&Shown) + 'static) -> Self {
        Self { shown: RefCell::default(), changed: Box::new(changed) }
    }

    /// What is shown now.
    pub fn shown(&self) -> Shown {
        self.shown.borrow().clone()
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Shown)) {
        change(&mut self.shown.borrow_mut());
        (self.changed)(&self.shown.borrow());
    }
}
