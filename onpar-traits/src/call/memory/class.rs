//! [`Class`]: the sizes that are kept.

use core::alloc::Layout;

use super::KEEP;

/// The steps between the classes of small sizes.
const STEP: usize = 64;
/// How many steps there are: up to a kilobyte.
const STEPS: usize = 16;
/// The largest of them.
const SMALL: usize = STEP * STEPS;
/// The largest size that is kept, a power of two. A larger future costs more to move into its memory than the memory does.
const LARGEST: usize = 32 * 1024;
/// What every class is aligned to. The few types that need more are not kept.
const ALIGN: usize = 16;

/// A size that is kept: a multiple of 64 up to a kilobyte, then a power of two up to 32 kilobytes. What has no size has a class
/// of its own, so that this is one addition and one shift where it is asked for at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class(usize);

impl Class {
    /// How many there are.
    pub(super) const COUNT: usize = 1 + STEPS + (LARGEST / SMALL).ilog2() as usize;

    /// The smallest one that has room for this layout. For the layout of a type the compiler knows the answer.
    #[inline]
    pub(super) fn of(layout: Layout) -> Option<Self> {
        if !KEEP || layout.align() > ALIGN {
            return None;
        }
        if layout.size() <= SMALL { Some(Self(layout.size().div_ceil(STEP))) } else { Self::of_large(layout.size()) }
    }

    fn of_large(size: usize) -> Option<Self> {
        (size <= LARGEST).then(|| Self(STEPS + (size.next_power_of_two() / SMALL).ilog2() as usize))
    }

    /// The layout of its pieces.
    #[inline]
    pub(super) fn layout(self) -> Layout {
        let size = if self.0 <= STEPS { self.0.max(1) * STEP } else { SMALL << (self.0 - STEPS) };
        match Layout::from_size_align(size, ALIGN) {
            Ok(layout) => layout,
            Err(_) => unreachable!("classes are small"),
        }
    }

    /// The one of this number, which is below [`COUNT`](Self::COUNT).
    #[cfg(feature = "std")]
    pub(super) fn at(index: usize) -> Self {
        debug_assert!(index < Self::COUNT, "there is no class {index}");
        Self(index)
    }

    /// Its number, below [`COUNT`](Self::COUNT).
    #[inline]
    pub(super) fn index(self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg_attr(onpar_fresh_memory, ignore = "nothing is kept then")]
    fn each_layout_fits_into_its_class_and_into_no_smaller_one() {
        for size in 0..=LARGEST {
            let class = Class::of(Layout::from_size_align(size, 8).unwrap()).unwrap();
            assert!(class.layout().size() >= size, "{size}");
            assert!(class.index() < Class::COUNT, "{size}");
            let smaller = class.index().checked_sub(1).map(|index| Class(index).layout().size());
            assert!(size <= STEP || smaller.is_some_and(|smaller| smaller < size), "{size}");
        }
        assert_eq!(Class::of(Layout::from_size_align(LARGEST, 8).unwrap()).unwrap().index(), Class::COUNT - 1);
    }

    #[test]
    fn what_is_too_large_or_aligned_to_too_much_has_none() {
        assert_eq!(Class::of(Layout::from_size_align(LARGEST + 1, 8).unwrap()), None);
        assert_eq!(Class::of(Layout::from_size_align(64, 32).unwrap()), None);
    }
}
