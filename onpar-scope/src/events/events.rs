//! [`events()`] and [`Events`]: an event loop is put together, arm by arm.

use core::fmt;
use core::marker::PhantomData;

use futures_core::Stream;

use super::arm::Arm;
use super::arms::{Arms, NoArms};
use super::board::Board;
use super::event_loop::EventLoop;
use super::from_stream::FromStream;
use super::handled::{Ended, Handled};
use super::handler::{Each, Only};
use super::lent::Lent;
use super::once::Once;
use super::parked::{DropParked, OnParked};
use super::repeat::Repeat;
use super::repeat_with::RepeatWith;
use super::rules::{RestartedBy, Until, When};

/// An event loop over `state`: what `loop { select! { .. } }` is for, except that nothing is lost.
///
/// Its arms own their futures and streams, and poll them for as long as the loop runs; no arm is cancelled because another
/// one was faster. What an arm gives goes to its handler. Handlers run one at a time and get `&mut` state, so they need no
/// lock, and may await as long as they like: meanwhile the other arms go on being polled, and what they give waits, at
/// most one item for each. The loop ends when every arm is over, or when a handler says so ([`Handled`]).
///
/// | arm | its handler runs |
/// |---|---|
/// | [`on(stream, ..)`](Events::on) | for each item of a stream |
/// | [`once(future, ..)`](Events::once) | when a future has ended |
/// | [`repeat(next, ..)`](Events::repeat) | each time that a future has ended; then the next one is made of the state |
/// | [`repeat_with(resource, next, work, ..)`](Events::repeat_with) | the same, with futures that borrow a resource mutably |
///
/// What is said behind an arm goes for that arm: [`when`](Events::when), [`until`](Events::until),
/// [`restarted_by`](Events::restarted_by), [`on_parked`](Events::on_parked). The [module](mod@crate::events) says what each
/// part of a `select!` becomes. Where a future is asked for, as by [`join`](crate::join()) or [`timeout`](crate::timeout), pass
/// the loop's [`run()`](Events::run).
///
/// Handlers are async closures, `async |state, item| ..`, without `move`: they borrow what they capture. What they change is
/// the state, and not what they capture; a tuple of `&mut`s will do. Only the handler of `once` may change and consume what
/// it captures. The loop is `Send` if its state, sources and handlers are. It allocates nothing, and has at most 64 arms.
///
/// # Fairness
///
/// When several items wait, the arms take turns. After 32 handlers that did not wait, the executor gets control back, so a
/// stream that is always ready starves nobody.
///
/// # Cancel safety
///
/// Dropping the loop drops the running handler, then hands out what is parked ([`on_parked`](Events::on_parked)), then
/// drops what the arms own. The item that the handler had is lost, unless the handler sees to it; what a source has begun
/// is dropped where it stands.
///
/// # Panics
///
/// A panic of a source, a handler or a condition passes on.
///
/// # Examples
///
/// ```
/// use onpar_scope::events;
/// # use futures::{channel::mpsc, SinkExt, stream};
///
/// #[derive(Default)]
/// struct Session {
///     packets: u32,
///     sent: u32,
/// }
///
/// /// Reads rows and sends them on. Cancelled half-way, it would lose what it has read and not yet sent.
/// async fn read_send(rows: &mut Vec<u32>, out: &mut mpsc::Sender<u32>) -> u32 {
///     let mut sent = 0;
///     while let Some(row) = rows.pop() {
///         out.send(row).await.ok();
///         sent += 1;
///     }
///     sent
/// }
///
/// # pollster::block_on(async {
/// let packets = stream::iter(["a", "b"]);
/// let (mut out, sent) = mpsc::channel(9);
/// let mut rows = vec![3, 2, 1];
///
/// let mut session = Session::default();
/// events(&mut session)
///     .once(read_send(&mut rows, &mut out), async |session, sent| session.sent += sent)
///     .on(packets, async |session, _packet| session.packets += 1) // does not disturb `read_send`
///     .await;
/// assert_eq!((session.packets, session.sent), (2, 3));
/// # drop(sent) });
/// ```
pub fn events<S>(state: &mut S) -> Events<'_, S> {
    Events { arms: NoArms, state: Lent::new(state), board: Board::new(), gives: PhantomData }
}

/// An event loop that is being put together: see [`events()`].
///
/// # Examples
///
/// A function that makes a loop names what it gives:
///
/// ```
/// use onpar_scope::events;
/// # use futures::Stream;
///
/// fn sum<'x>(total: &'x mut u32, numbers: impl Stream<Item = u32> + 'x) -> impl Future<Output = ()> + 'x {
///     events(total).on(numbers, async |total, n| *total += n).run()
/// }
/// # let mut total = 0;
/// # pollster::block_on(sum(&mut total, futures::stream::iter([1, 2])));
/// # assert_eq!(total, 3);
/// ```
#[must_use = "an event loop does nothing unless you `.await` it"]
pub struct Events<'x, S, A = NoArms, O = ()> {
    arms: A,
    state: Lent<'x, S>,
    board: Board,
    gives: PhantomData<fn() -> O>,
}

impl<'x, S, A, O> IntoFuture for Events<'x, S, A, O>
where
    A: Arms<'x, S, O>,
    O: Ended,
{
    type Output = O;
    type IntoFuture = EventLoop<'x, S, A, O>;

    fn into_future(self) -> EventLoop<'x, S, A, O> {
        EventLoop::new(self.arms, self.state, self.board)
    }
}

impl<'x, S, A, O> Events<'x, S, A, O> {
    /// Adds an arm for each item of a stream.
    ///
    /// The arm is over when the stream ends. While its handler runs the stream is polled for one more item, and then not
    /// before that has been handled: a stream that has work under way besides its items must not rely on being polled.
    ///
    /// # Cancel safety
    ///
    /// As [`events()`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::events;
    /// # use futures::stream;
    ///
    /// # pollster::block_on(async {
    /// let mut lines = Vec::new();
    /// events(&mut lines)
    ///     .on(stream::iter([1, 2]), async |lines, number| lines.push(format!("number {number}")))
    ///     .on(stream::iter(["a"]), async |lines, letter| lines.push(format!("letter {letter}")))
    ///     .await;
    /// assert_eq!(lines, ["number 1", "letter a", "number 2"]);
    /// # });
    /// ```
    pub fn on<St, H, R, Fut>(
        self,
        stream: St,
        handler: H,
    ) -> Events<'x, S, Arm<A, FromStream<St>, St::Item, Each<H>, Fut>, R::Loop>
    where
        St: Stream,
        H: AsyncFnMut(&mut S, St::Item) -> R, // write `async |state, item| ..`
        H: FnMut(&'x mut S, St::Item) -> Fut, // .. and change the state, not what it captures
        Fut: Future<Output = R>,              // write `async |state, item| ..`
        R: Handled<O>,
    {
        self.add(FromStream { stream: Some(stream) }, true, Each(handler))
    }

    /// Adds an arm for what a future gives. It is over when that has been handled.
    ///
    /// # Cancel safety
    ///
    /// As [`events()`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::events;
    ///
    /// # pollster::block_on(async {
    /// let mut total = 0;
    /// let (one, two) = (async { 1 }, async { 2 });
    /// events(&mut total).once(one, async |total, n| *total += n).once(two, async |total, n| *total += n).await;
    /// assert_eq!(total, 3);
    /// # });
    /// ```
    pub fn once<F, H, R, Fut>(
        self,
        future: F,
        handler: H,
    ) -> Events<'x, S, Arm<A, Once<F>, F::Output, Only<H>, Fut>, R::Loop>
    where
        F: Future,
        H: AsyncFnOnce(&mut S, F::Output) -> R, // write `async |state, output| ..`
        H: FnOnce(&'x mut S, F::Output) -> Fut, // write `async |state, output| ..`
        Fut: Future<Output = R>,                // write `async |state, output| ..`
        R: Handled<O>,
    {
        self.add(Once { future: Some(future) }, true, Only(Some(handler)))
    }

    /// Adds an arm for what one future after another gives, each made of the state.
    ///
    /// `next` is called when the loop begins, and after each handler as long as the arm has no future: `None` lets the arm
    /// rest until the next handler of any arm has ended. A future must not borrow from the state; it may borrow whatever
    /// `next` captures. An arm that rests does not keep the loop going.
    ///
    /// # Cancel safety
    ///
    /// As [`events()`].
    ///
    /// # Examples
    ///
    /// A queue that is sent from as long as there is something in it:
    ///
    /// ```
    /// use std::collections::VecDeque;
    /// use onpar_scope::events;
    /// # use futures::stream;
    /// # async fn send(message: String) -> usize { message.len() }
    ///
    /// #[derive(Default)]
    /// struct Outbox {
    ///     queue: VecDeque<String>,
    ///     bytes: usize,
    /// }
    ///
    /// # pollster::block_on(async {
    /// let mut outbox = Outbox::default();
    /// events(&mut outbox)
    ///     .on(stream::iter(["hello", "world"]), async |outbox, word| outbox.queue.push_back(word.to_owned()))
    ///     .repeat(|outbox| outbox.queue.pop_front().map(send), async |outbox, bytes| outbox.bytes += bytes)
    ///     .await;
    /// assert_eq!(outbox.bytes, 10);
    /// # });
    /// ```
    pub fn repeat<N, F, H, R, Fut>(
        self,
        next: N,
        handler: H,
    ) -> Events<'x, S, Arm<A, Repeat<N, F>, F::Output, Each<H>, Fut>, R::Loop>
    where
        N: FnMut(&mut S) -> Option<F>,
        F: Future,
        H: AsyncFnMut(&mut S, F::Output) -> R, // write `async |state, output| ..`
        H: FnMut(&'x mut S, F::Output) -> Fut, // .. and change the state, not what it captures
        Fut: Future<Output = R>,               // write `async |state, output| ..`
        R: Handled<O>,
    {
        self.add(Repeat { future: None, next }, false, Each(handler))
    }

    /// Adds an arm for what one future after another gives, each of which borrows `resource` mutably.
    ///
    /// `next` takes the input of the next future from the state, as in [`repeat`](Self::repeat), and `work` makes the future
    /// of the resource and that input. The resource is the arm's own; pass a `&mut` to have it back after the loop.
    ///
    /// # Cancel safety
    ///
    /// As [`events()`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::events;
    /// # use futures::stream;
    ///
    /// #[derive(Default)]
    /// struct Connection {
    ///     written: Vec<String>,
    /// }
    ///
    /// impl Connection {
    ///     async fn write(&mut self, message: String) {
    ///         self.written.push(message);
    ///     }
    /// }
    ///
    /// # pollster::block_on(async {
    /// let mut connection = Connection::default();
    /// let mut queue = vec![];
    /// events(&mut queue)
    ///     .on(stream::iter(["hello", "world"]), async |queue, word| queue.push(word.to_owned()))
    ///     .repeat_with(
    ///         &mut connection,
    ///         |queue| queue.pop(),
    ///         async |connection, message| connection.write(message).await,
    ///         async |_queue, ()| (),
    ///     )
    ///     .await;
    /// assert_eq!(connection.written, ["hello", "world"]);
    /// # });
    /// ```
    pub fn repeat_with<T, N, I, W, V, Work, H, R, Fut>(
        self,
        resource: T,
        next: N,
        work: W,
        handler: H,
    ) -> Events<'x, S, Arm<A, RepeatWith<T, N, W, Work>, V, Each<H>, Fut>, R::Loop>
    where
        T: 'x,
        N: FnMut(&mut S) -> Option<I>,
        W: AsyncFnMut(&mut T, I) -> V,  // write `async |resource, input| ..`
        W: FnMut(&'x mut T, I) -> Work, // .. and change the resource, not what it captures
        Work: Future<Output = V>,       // write `async |resource, input| ..`
        H: AsyncFnMut(&mut S, V) -> R,  // write `async |state, output| ..`
        H: FnMut(&'x mut S, V) -> Fut,  // .. and change the state, not what it captures
        Fut: Future<Output = R>,        // write `async |state, output| ..`
        R: Handled<O>,
    {
        self.add(RepeatWith::new(resource, next, work), false, Each(handler))
    }

    /// The loop as a future, for where one is asked for, such as in a [`timeout`](crate::timeout). `.await` calls it by itself.
    ///
    /// # Cancel safety
    ///
    /// As [`events()`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::events;
    ///
    /// let mut sum = 0;
    /// pollster::block_on(events(&mut sum).once(async { 7 }, async |sum, n| *sum += n).run());
    /// assert_eq!(sum, 7);
    /// ```
    pub fn run(self) -> EventLoop<'x, S, A, O>
    where
        Self: IntoFuture<IntoFuture = EventLoop<'x, S, A, O>>,
    {
        self.into_future()
    }

    /// Takes the turns by chance instead of in rotation: for tests, that they see other orders too.
    ///
    /// # Cancel safety
    ///
    /// As [`events()`].
    pub fn seeded(mut self, seed: u64) -> Self {
        self.board.seed(seed);
        self
    }

    fn add<Src, I, H, Fut, P>(
        mut self,
        source: Src,
        hungry: bool,
        handler: H,
    ) -> Events<'x, S, Arm<A, Src, I, H, Fut>, P> {
        self.board.add(hungry);
        self.with(|before| Arm::new(before, source, handler))
    }

    /// The same loop with other arms.
    fn with<B, P>(self, change: impl FnOnce(A) -> B) -> Events<'x, S, B, P> {
        Events { arms: change(self.arms), state: self.state, board: self.board, gives: PhantomData }
    }
}

/// What is said of the arm that was added last.
impl<'x, S, P, Src, I, H, Fut, Ru, Pa, O> Events<'x, S, Arm<P, Src, I, H, Fut, Ru, Pa>, O> {
    /// Lets the handler of this arm run only while a condition holds.
    ///
    /// The condition is asked when the loop begins, and after each handler. While it does not hold, what the source has
    /// begun goes on; what that gives waits, and nothing further is begun. A loop ends when no arm is left that could run.
    ///
    /// # Cancel safety
    ///
    /// As [`events()`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::events;
    /// # use futures::stream;
    ///
    /// # pollster::block_on(async {
    /// let mut log = Vec::new();
    /// events(&mut log)
    ///     .on(stream::iter([1, 2]), async |log, n| log.push(n))
    ///     .when(|log| log.contains(&7))
    ///     .once(async { 7 }, async |log, n| log.push(n))
    ///     .await;
    /// assert_eq!(log, [7, 1, 2]);
    /// # });
    /// ```
    pub fn when<F>(self, condition: F) -> Events<'x, S, Arm<P, Src, I, H, Fut, When<Ru, F>, Pa>, O>
    where
        F: FnMut(&S) -> bool,
    {
        self.with(|arm| arm.ruled(|others| When { others, condition }))
    }

    /// Ends this arm once a condition holds: what it owns is dropped.
    ///
    /// The condition is asked when the loop begins, and after each handler.
    ///
    /// # Cancel safety
    ///
    /// What the source has begun is dropped where it stands; what is parked is [handed out](Self::on_parked).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::events;
    /// # use futures::stream;
    ///
    /// # pollster::block_on(async {
    /// let mut seen = Vec::new();
    /// events(&mut seen).on(stream::iter(1..), async |seen, n| seen.push(n)).until(|seen| seen.len() == 3).await;
    /// assert_eq!(seen, [1, 2, 3]);
    /// # });
    /// ```
    pub fn until<F>(self, condition: F) -> Events<'x, S, Arm<P, Src, I, H, Fut, Until<Ru, F>, Pa>, O>
    where
        F: FnMut(&S) -> bool,
    {
        self.with(|arm| arm.ruled(|others| Until { others, condition }))
    }
}

impl<'x, S, P, Src, I, H, Fut, Ru, O> Events<'x, S, Arm<P, Src, I, H, Fut, Ru>, O> {
    /// Hands out an item of this arm that waits for its handler when the loop ends: because the loop is dropped, or panics,
    /// or a handler ends it, or because this arm ends or begins anew. Without this, such an item is dropped.
    ///
    /// There is at most one. The item whose handler is running is not parked any more.
    ///
    /// # Cancel safety
    ///
    /// As [`events()`].
    ///
    /// # Examples
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use onpar_scope::events;
    /// # use futures::stream;
    ///
    /// #[derive(Default)]
    /// struct Jobs {
    ///     done: Vec<u32>,
    ///     left: Vec<u32>,
    /// }
    ///
    /// # pollster::block_on(async {
    /// let mut jobs = Jobs::default();
    /// events(&mut jobs)
    ///     .on(stream::iter(1..), async |jobs, job| jobs.done.push(job))
    ///     .on_parked(|jobs, job| jobs.left.push(job))
    ///     .once(async {}, async |_, ()| ControlFlow::Break(()))
    ///     .await;
    /// assert_eq!((jobs.done, jobs.left), (vec![1], vec![2])); // 2 was taken from the stream: it is not lost
    /// # });
    /// ```
    pub fn on_parked<F>(self, take: F) -> Events<'x, S, Arm<P, Src, I, H, Fut, Ru, OnParked<F>>, O>
    where
        F: FnMut(&mut S, I),
    {
        self.with(|arm: Arm<P, Src, I, H, Fut, Ru, DropParked>| arm.parking(OnParked(take)))
    }
}

impl<'x, S, P, N, F, I, H, Fut, Ru, Pa, O> Events<'x, S, Arm<P, Repeat<N, F>, I, H, Fut, Ru, Pa>, O> {
    /// Begins this arm anew whenever a value changes: a deadline that has moved, or a number that counts restarts.
    ///
    /// The value is asked for when the loop begins, and after each handler. When it differs from the one before, the future
    /// under way is dropped and the next is made of the state at once.
    ///
    /// # Cancel safety
    ///
    /// What is under way is dropped where it stands; what is parked is [handed out](Self::on_parked).
    ///
    /// # Examples
    ///
    /// Ends a session that has been idle for too long:
    ///
    /// ```
    /// use std::{ops::ControlFlow, time::Duration};
    /// use onpar_core::{Clock, Instant};
    /// use onpar_scope::events;
    /// # use futures::Stream;
    ///
    /// const IDLE: Duration = Duration::from_secs(60);
    ///
    /// struct Session {
    ///     last: Instant,
    /// }
    ///
    /// async fn serve(clock: impl Clock, packets: impl Stream<Item = Vec<u8>>) {
    ///     events(&mut Session { last: clock.now() })
    ///         .on(packets, async |session, _packet| session.last = clock.now())
    ///         .repeat(|session| Some(clock.sleep_until(session.last + IDLE)), async |_, ()| ControlFlow::Break(()))
    ///         .restarted_by(|session| session.last)
    ///         .await;
    /// }
    /// ```
    pub fn restarted_by<K, G>(
        self,
        value: G,
    ) -> Events<'x, S, Arm<P, Repeat<N, F>, I, H, Fut, RestartedBy<Ru, G, K>, Pa>, O>
    where
        G: FnMut(&S) -> K,
        K: PartialEq,
    {
        self.with(|arm| arm.ruled(|others| RestartedBy { others, key: value, last: None }))
    }
}

impl<'x, S, P, T, N, W, Work, I, H, Fut, Ru, Pa, O>
    Events<'x, S, Arm<P, RepeatWith<T, N, W, Work>, I, H, Fut, Ru, Pa>, O>
{
    /// Begins this arm anew whenever a value changes. The same as for [`repeat`](Events::repeat); the resource stays.
    ///
    /// # Cancel safety
    ///
    /// What is under way is dropped where it stands; what is parked is [handed out](Self::on_parked).
    pub fn restarted_by<K, G>(
        self,
        value: G,
    ) -> Events<'x, S, Arm<P, RepeatWith<T, N, W, Work>, I, H, Fut, RestartedBy<Ru, G, K>, Pa>, O>
    where
        G: FnMut(&S) -> K,
        K: PartialEq,
    {
        self.with(|arm| arm.ruled(|others| RestartedBy { others, key: value, last: None }))
    }
}

impl<S, A, O> fmt::Debug for Events<'_, S, A, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("arms", &self.board.count()).finish_non_exhaustive()
    }
}
