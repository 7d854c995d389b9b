//! A11.3: generic code starts tasks; the type behind it may be somebody else's, and stand in middleware.
//!
//! What the compiler refuses cannot stand in a program, so the baselines ask it whether it would. That it says of a type whose
//! futures are not `Send` so at its `impl`, naming the method, is shown by `tests/ui/traits/impl_that_is_not_send.rs`.

use core::marker::PhantomData;
use std::sync::mpsc;

use onpar::trait_variant;

use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s11::client::{AddOne, Client, Fitted, Native, SendClient, SendVariant, Variant};
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A11.3",
    what: "generic code spawns what a client does, also one of somebody else's, and through middleware written once",
    cases: &[
        Case {
            what: "spawned; native",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|_| accepted(native_is_send(&AddOne))),
            onpar: |executor| spawned(executor, Client!(AddOne)),
        },
        Case {
            what: "spawned; trait-variant",
            executors: Executor::ALL,
            stock: Stock::GoesRight(|_| accepted(variant_is_send(&Fitted))),
            onpar: |executor| spawned(executor, Client!(AddOne)),
        },
        Case {
            what: "not ours; trait-variant",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|_| {
                assert!(Of::<Fitted>::has_variant(), "one that was written for it has");
                accepted(Of::<AddOne>::has_variant())
            }),
            onpar: |executor| spawned(executor, Client!(AddOne)),
        },
        Case {
            what: "middleware; trait-variant",
            executors: Executor::ALL,
            // It can be written for one of the two, and for the other not again (E0119): it is for `SendVariant`.
            stock: Stock::GoesWrong(|executor| {
                assert!(Of::<Doubled<Fitted>>::is_variant(), "that it is");
                let mut measured =
                    accepted(executor.run_here(async |_| Variant::perform(&Doubled(Fitted), 1).await) == 4);
                measured.count(!Of::<Doubled<AddOne>>::is_variant());
                measured
            }),
            onpar: |executor| {
                let mut measured = spawned(executor, Doubled(Client!(AddOne)));
                measured.count(executor.run_here(async |_| Client::perform(&Doubled(AddOne), 1).await) != 4);
                measured
            },
        },
    ],
};

/// Sends each request twice as large, and gives twice the answer.
struct Doubled<C>(C);

#[trait_variant(send = SendClient, where(C: Sync))]
impl<C: Client> Client for Doubled<C> {
    async fn perform(&self, request: u64) -> u64 {
        self.0.perform(request * 2).await / 3 * 4
    }
}

impl<C: SendVariant + Sync> SendVariant for Doubled<C> {
    async fn perform(&self, request: u64) -> u64 {
        self.0.perform(request * 2).await / 3 * 4
    }
}

fn accepted(accepted: bool) -> Measured {
    let mut measured = Measured::new("refused");
    measured.count(!accepted);
    measured
}

/// A task of code that knows nothing of the client but the trait.
async fn task<C: SendClient + Sync>(client: C, answer: mpsc::Sender<u64>) {
    // Whoever asks may have gone.
    _ = answer.send(client.perform(1).await);
}

fn spawned<C: SendClient + Send + Sync + 'static>(executor: Executor, client: C) -> Measured {
    let (answer, answers) = mpsc::channel();
    executor.run(async move |rt: Rt| {
        rt.spawn(task(client, answer));
        rt.millis(5).await;
    });
    accepted(matches!(answers.recv(), Ok(2 | 4)))
}

/// A future, or a type, that the compiler is asked about.
struct Of<T: ?Sized>(PhantomData<T>);

fn of<T>(_: T) -> Of<T> {
    Of(PhantomData)
}

impl<T: Send> Of<T> {
    #[expect(clippy::unused_self, reason = "found before that of the trait, where `T` is `Send`")]
    const fn is_send(&self) -> bool {
        true
    }
}

impl<T: SendVariant> Of<T> {
    const fn has_variant() -> bool {
        true
    }
}

impl<T: Variant> Of<T> {
    const fn is_variant() -> bool {
        true
    }
}

/// What is said of everything else.
trait Refused {
    fn is_send(&self) -> bool {
        false
    }
    fn has_variant() -> bool {
        false
    }
    fn is_variant() -> bool {
        false
    }
}

impl<T> Refused for Of<T> {}

fn native_is_send<C: Native>(client: &C) -> bool {
    of(client.perform(1)).is_send()
}

fn variant_is_send<C: SendVariant>(client: &C) -> bool {
    of(client.perform(1)).is_send()
}
