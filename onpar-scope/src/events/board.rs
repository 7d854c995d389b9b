//! [`Board`]: what each arm of a loop is at, a bit for each, and whose turn it is.
//!
//! An arm is *hungry* when its source has to be polled for the next item, and *parked* when an item waits for its handler;
//! never both. With neither it rests (a source that is begun anew), or is over. A *closed* arm is one whose handler must
//! not run now.

/// As many as a word has bits.
pub(crate) const MOST_ARMS: u32 = u64::BITS;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Board {
    count: u32,
    hungry: u64,
    /// Those of the hungry that have to be polled before the loop may be pending: nobody has promised to wake for them.
    fresh: u64,
    parked: u64,
    closed: u64,
    over: u64,
    /// The arm whose handler is running: it has the state.
    pub(crate) running: Option<u32>,
    order: Order,
}

/// Who comes first when several arms wait.
#[derive(Clone, Copy, Debug)]
enum Order {
    /// The first of those from here on, and from here the others in turn.
    Rotating(u32),
    /// Any of them: the next number of this generator tells.
    Seeded(u64),
}

impl Board {
    pub(crate) const fn new() -> Self {
        Self { count: 0, hungry: 0, fresh: 0, parked: 0, closed: 0, over: 0, running: None, order: Order::Rotating(0) }
    }

    /// One more arm. Its number is that of the arms before it.
    pub(crate) const fn add(&mut self, hungry: bool) {
        // An arm too many is refused where the loop is compiled, by `Arms::BIT`; here it must only do no harm.
        if hungry && self.count < MOST_ARMS {
            self.hungry |= 1 << self.count;
        }
        self.count += 1;
    }

    pub(crate) const fn count(&self) -> u32 {
        self.count
    }

    pub(crate) const fn seed(&mut self, seed: u64) {
        self.order = Order::Seeded(seed);
    }

    /// The arm's source is being polled.
    pub(crate) const fn hunger(&mut self, arm: u64) {
        self.hungry |= arm;
    }

    /// The arm's source has to be polled.
    pub(crate) const fn feed(&mut self, arm: u64) {
        self.hunger(arm);
        self.fresh |= arm;
    }

    /// All that are hungry, to be polled now.
    pub(crate) const fn take_hungry(&mut self) -> u64 {
        self.fresh = 0;
        self.hungry
    }

    /// Those that have become hungry since the last call of this or [`take_hungry`](Self::take_hungry), to be polled now.
    pub(crate) const fn take_fresh(&mut self) -> u64 {
        let fresh = self.fresh & self.hungry;
        self.fresh = 0;
        fresh
    }

    /// An item of the arm waits.
    pub(crate) const fn park(&mut self, arm: u64) {
        self.hungry &= !arm;
        self.parked |= arm;
    }

    /// Nothing of the arm waits, and its source is not polled.
    pub(crate) const fn rest(&mut self, arm: u64) {
        self.hungry &= !arm;
        self.parked &= !arm;
    }

    /// The arm's source will not give any more. What is parked stays.
    pub(crate) const fn end(&mut self, arm: u64) {
        self.hungry &= !arm;
        self.over |= arm;
    }

    pub(crate) const fn set_closed(&mut self, arm: u64, closed: bool) {
        if closed {
            self.closed |= arm;
        } else {
            self.closed &= !arm;
        }
    }

    /// Whether the arm could begin its next work.
    pub(crate) const fn rests(&self, arm: u64) -> bool {
        (self.hungry | self.parked | self.closed | self.over) & arm == 0
    }

    pub(crate) const fn is_over(&self, arm: u64) -> bool {
        self.over & arm != 0
    }

    /// Whether nothing can happen any more.
    pub(crate) const fn is_done(&self) -> bool {
        self.running.is_none() && (self.hungry | self.parked) & !self.closed == 0
    }

    /// Whether a handler could begin.
    pub(crate) const fn waits(&self) -> bool {
        self.running.is_none() && self.parked & !self.closed != 0
    }

    /// The next arm whose handler is to begin.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<u32> {
        if !self.waits() {
            return None;
        }
        let waiting = self.parked & !self.closed;
        let arm = match &mut self.order {
            Order::Rotating(first) => {
                let from_first = waiting & (u64::MAX << *first);
                let arm = if from_first == 0 { waiting } else { from_first }.trailing_zeros();
                *first = (arm + 1) % MOST_ARMS;
                arm
            }
            Order::Seeded(seed) => {
                let skip = random(seed) % u64::from(waiting.count_ones());
                (0..skip).fold(waiting, |waiting, _| waiting & (waiting - 1)).trailing_zeros()
            }
        };
        Some(arm)
    }
}

/// The next number of Steele, Lea and Flood's `SplitMix64`, which is content with any seed.
const fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*seed ^ (*seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whose turn it is, so many times, when all of these are waiting all the time.
    fn turns(order: Order, waiting: u64, times: usize) -> Vec<u32> {
        let mut board = Board { parked: waiting, order, ..Board::new() };
        (0..times).filter_map(|_| board.next()).collect()
    }

    #[test]
    fn turns_rotate_over_those_that_wait() {
        assert_eq!(turns(Order::Rotating(0), 0b1011, 7), [0, 1, 3, 0, 1, 3, 0]);
        assert_eq!(turns(Order::Rotating(2), 0b0011, 3), [0, 1, 0]);
        assert_eq!(turns(Order::Rotating(0), 1 << 63 | 1, 4), [0, 63, 0, 63]);
        assert_eq!(turns(Order::Rotating(0), 0, 4), [0_u32; 0]);
    }

    #[test]
    fn a_seed_gives_one_order_with_everybody_in_it_and_another_seed_another() {
        let [one, again, other] = [1, 1, 2].map(|seed| turns(Order::Seeded(seed), 0b1011, 300));
        assert!(one == again && one != other);
        for arm in [0, 1, 3] {
            let count = one.iter().filter(|&&turn| turn == arm).count();
            assert!((60..140).contains(&count), "arm {arm} has had {count} of 300 turns");
        }
        assert_eq!(one.len(), 300);
    }

    #[test]
    fn a_loop_is_done_when_only_closed_arms_are_left() {
        let mut board = Board::new();
        assert!(board.is_done());
        board.add(true);
        board.add(false);
        assert!(!board.is_done());
        board.park(1);
        board.set_closed(1, true);
        assert!(board.is_done() && board.next().is_none());
        board.set_closed(1, false);
        assert!(!board.is_done() && board.next() == Some(0));
        board.rest(1);
        assert!(board.rests(1) && board.is_done());
        board.running = Some(0);
        assert!(!board.is_done());
    }
}
