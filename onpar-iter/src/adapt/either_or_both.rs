//! [`EitherOrBoth`]: an item of one stream, of another, or of both.

/// What is there of a pair: the left half, the right one, or both.
///
/// # Examples
///
/// ```
/// use onpar_iter::adapt::EitherOrBoth;
///
/// let pair = EitherOrBoth::Both(1, 'a');
/// assert_eq!((pair.left(), pair.right()), (Some(1), Some('a')));
/// assert_eq!(EitherOrBoth::<u8, char>::Right('b').or(7, 'z'), (7, 'b'));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else, but none at all")]
pub enum EitherOrBoth<A, B> {
    /// Both halves.
    Both(A, B),
    /// The left half alone.
    Left(A),
    /// The right half alone.
    Right(B),
}

impl<A, B> EitherOrBoth<A, B> {
    /// What there is of two halves, if there is any.
    #[inline]
    pub fn of(left: Option<A>, right: Option<B>) -> Option<Self> {
        match (left, right) {
            (Some(left), Some(right)) => Some(Self::Both(left, right)),
            (Some(left), None) => Some(Self::Left(left)),
            (None, Some(right)) => Some(Self::Right(right)),
            (None, None) => None,
        }
    }

    /// The left half, if it is there.
    pub fn left(self) -> Option<A> {
        self.into_options().0
    }

    /// The right half, if it is there.
    pub fn right(self) -> Option<B> {
        self.into_options().1
    }

    /// The halves that are there.
    pub fn into_options(self) -> (Option<A>, Option<B>) {
        match self {
            Self::Both(left, right) => (Some(left), Some(right)),
            Self::Left(left) => (Some(left), None),
            Self::Right(right) => (None, Some(right)),
        }
    }

    /// Both halves; these instead of one that is not there.
    pub fn or(self, left: A, right: B) -> (A, B) {
        let (there, other) = self.into_options();
        (there.unwrap_or(left), other.unwrap_or(right))
    }
}
