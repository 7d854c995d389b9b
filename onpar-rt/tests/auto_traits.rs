//! Send, Sync and Unpin of every public type: they are part of the API.
#![cfg(any(
    feature = "compio-0-19",
    feature = "embassy-0-10",
    feature = "local",
    feature = "smol-2",
    feature = "tokio-1"
))]

macro_rules! assert_all {
    ($($Auto:ident),+: $($Type:ty),+ $(,)?) => {
        const _: fn() = || {
            fn all<T: $($Auto +)+>() {}
            $(all::<$Type>();)+
        };
    };
}

macro_rules! assert_not {
    ($Auto:ident: $($Type:ty),+ $(,)?) => {$(
        const _: fn() = || {
            trait Ambiguous<A> { fn item() {} }
            struct Second;
            impl<T: ?Sized> Ambiguous<()> for T {}
            impl<T: ?Sized + $Auto> Ambiguous<Second> for T {}
            let _ = <$Type as Ambiguous<_>>::item;
        };
    )+};
}

#[cfg(feature = "local")]
mod local {
    use core::marker::PhantomPinned;

    use onpar_rt::local::{Local, LocalClock, LocalTask, Sleep};

    assert_all!(Send, Sync, Unpin: LocalClock, Sleep);
    assert_all!(Unpin: Local, LocalTask<PhantomPinned>);
    assert_not!(Send: Local, LocalTask<u8>);
    assert_not!(Sync: Local, LocalTask<u8>);
}

#[cfg(any(feature = "local", feature = "smol-2", feature = "tokio-1", all(feature = "compio-0-19", unix)))]
mod slow_polls {
    use core::marker::PhantomPinned;

    use onpar_rt::slow_polls::{SlowPoll, SlowPolls, Watched};

    assert_all!(Send, Sync, Unpin: SlowPolls<u8>, SlowPoll<'static>, Watched<u8>);
    assert_not!(Send: SlowPolls<*const u8>, Watched<*const u8>);
    assert_not!(Unpin: Watched<PhantomPinned>);
}

#[cfg(feature = "tokio-1")]
mod tokio_1 {
    use core::cell::Cell;
    use core::marker::PhantomPinned;

    use onpar_rt::tokio_1::{NoRuntime, Sleep, Task, Tokio};

    assert_all!(Send, Sync, Unpin: Tokio, NoRuntime, Task<u8>, Task<Cell<u8>>, Task<PhantomPinned>);
    assert_all!(Send, Sync: Sleep);
    assert_not!(Unpin: Sleep);
    assert_not!(Send: Task<*const u8>);
}

#[cfg(feature = "smol-2")]
mod smol_2 {
    use core::cell::Cell;
    use core::marker::PhantomPinned;
    use std::net::{TcpListener, TcpStream};

    use onpar_rt::smol_2::{Accepting, Opening, Packets, Smol, SmolLocal, Stream};

    assert_all!(Send, Sync, Unpin: Smol, Stream<TcpStream>, Accepting<TcpListener>, Packets);
    assert_all!(Send, Unpin: Opening<u8>, Opening<PhantomPinned>, Stream<Cell<u8>>);
    assert_all!(Unpin: SmolLocal, Stream<PhantomPinned>);
    assert_not!(Send: SmolLocal, Stream<*const u8>);
}

#[cfg(feature = "embassy-0-10")]
mod embassy_0_10 {
    use onpar_rt::embassy_0_10::{Embassy, Sleep, Timers};

    assert_all!(Send, Sync, Unpin: Embassy);
    assert_all!(Send, Sync: Sleep, Timers);
    assert_not!(Unpin: Sleep);
}

#[cfg(all(feature = "embassy-0-10", feature = "alloc"))]
mod embassy_0_10_with_a_heap {
    use core::cell::Cell;
    use core::marker::PhantomPinned;

    use onpar_rt::embassy_0_10::{EmbassyLocal, Task};

    assert_all!(Unpin: EmbassyLocal);
    assert_not!(Send: EmbassyLocal);
    assert_all!(Send, Sync, Unpin: Task<u8>, Task<Cell<u8>>, Task<PhantomPinned>);
    assert_not!(Send: Task<*const u8>);
}

#[cfg(all(feature = "compio-0-19", unix))]
mod compio_0_19 {
    use core::cell::Cell;
    use core::marker::PhantomPinned;
    use std::net::{TcpListener, TcpStream};

    use onpar_rt::compio_0_19::{Accepting, Compio, Opening, Packets, Sleep, Stream, Task};

    assert_all!(Unpin: Compio, Sleep, Stream<TcpStream>, Accepting<TcpListener>, Packets, Opening<PhantomPinned>);
    assert_not!(Send: Compio, Sleep, Stream<TcpStream>, Accepting<TcpListener>, Packets, Opening<u8>);
    assert_all!(Send, Sync, Unpin: Task<u8>, Task<Cell<u8>>, Task<PhantomPinned>);
    assert_not!(Send: Task<*const u8>);
}
