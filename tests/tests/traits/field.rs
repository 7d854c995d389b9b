//! What people have asked of other tools and could not have, each with the number of the question.

use alloc::rc::Rc;
use alloc::sync::Arc;
use core::fmt::{self, Debug, Display};

use futures::executor::block_on;
use onpar::trait_variant;

fn assert_send<T: Send>(value: T) -> T {
    value
}

/// A service of somebody else, in the manner of Tower. The trait is generic.
#[trait_variant(send = SendService, dyn_send = DynSendService)]
pub(crate) trait Service<Request> {
    type Response;

    async fn call(&self, request: Request) -> Self::Response;
}

/// Knows the plain trait alone, and its futures are `Send`.
struct Echo;

/// The same, and they are not.
struct LocalEcho(Rc<u8>);

impl<Request> Service<Request> for Echo {
    type Response = Request;

    async fn call(&self, request: Request) -> Request {
        tokio::task::yield_now().await;
        request
    }
}

impl<Request> Service<Request> for LocalEcho {
    type Response = (Request, u8);

    async fn call(&self, request: Request) -> (Request, u8) {
        let held = Rc::clone(&self.0);
        tokio::task::yield_now().await;
        (request, *held)
    }
}

/// Middleware over any of them.
struct Again<S>(S);

#[trait_variant(send = SendService, where(Request: Send + Sync, S: Sync, S::Response: Send))]
impl<Request: Clone, S: Service<Request>> Service<Request> for Again<S> {
    type Response = S::Response;

    async fn call(&self, request: Request) -> S::Response {
        drop(self.0.call(request.clone()).await);
        self.0.call(request).await
    }
}

/// tower-rs/tower#753: middleware over a generic trait that is `Send` where what it wraps is, and not where that is not.
#[tokio::test(flavor = "multi_thread")]
async fn middleware_over_a_generic_trait_is_written_once_for_both() {
    assert_eq!(Service::call(&Again(LocalEcho(Rc::new(1))), 'x').await, ('x', 1));
    let task = async { SendService::call(&Again(Service!(Echo)), 'y').await };
    assert_eq!(tokio::spawn(task).await.unwrap(), 'y');
}

/// davidpdrsn/tower-async#12: the type and the trait are somebody else's, and so are their bounds.
#[tokio::test(flavor = "multi_thread")]
async fn a_type_of_somebody_else_is_spawned_by_generic_code() {
    fn spawn<S>(service: S) -> tokio::task::JoinHandle<u64>
    where
        S: SendService<u64, Response = u64> + Send + Sync + 'static,
    {
        tokio::spawn(async move { service.call(7).await })
    }
    assert_eq!(spawn(Service!(Echo)).await.unwrap(), 7);
    assert_eq!(spawn(Service!(Again(Again(Echo)))).await.unwrap(), 7);
}

/// Answers requests of two kinds.
struct Both;

impl Service<String> for Both {
    type Response = usize;

    async fn call(&self, request: String) -> usize {
        request.len()
    }
}

impl Service<u8> for Both {
    type Response = u8;

    async fn call(&self, request: u8) -> u8 {
        request
    }
}

#[test]
fn of_several_implementations_each_is_proved_by_its_name() {
    let object: Box<DynSendService<'_, u8, u8>> = Box::new(Service!(Both, as Service<u8>));
    assert_eq!(block_on(assert_send(object.call(7))), 7);
    let lengths = Service!(&Both, as self::Service<String>);
    assert_eq!(block_on(assert_send(SendService::call(lengths, "four".into()))), 4);
}

/// Default bodies, of which one calls the other.
#[trait_variant(send = SendCount, dyn = DynCount, dyn_send = DynSendCount)]
pub(crate) trait Count {
    async fn next(&mut self) -> u32 {
        self.step().await
    }

    async fn step(&mut self) -> u32;

    async fn twice(&mut self) -> u32 {
        self.next().await + self.next().await
    }
}

struct From(u32);

impl Count for From {
    async fn step(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

/// rust-lang/impl-trait-utils#17.
#[test]
fn default_bodies_are_there_in_each_form() {
    assert_eq!(block_on(From(0).twice()), 3);
    assert_eq!(block_on(assert_send(SendCount::twice(&mut Count!(From(1))))), 5);
    let mut object: Box<DynSendCount<'static>> = Box::new(Count!(From(2)));
    assert_eq!(block_on(assert_send(object.twice())), 7);
}

/// A trait that asks for much.
#[trait_variant(send = SendNamed, dyn = DynNamed, dyn_send = DynSendNamed)]
pub(crate) trait Named: Debug + Display + Send + Sync + 'static {
    async fn length(&self) -> usize;
}

#[derive(Debug)]
struct Name(&'static str);

impl Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Named for Name {
    async fn length(&self) -> usize {
        self.0.len()
    }
}

/// spastorino/dynosaur#95 and #115: supertraits, those of `Send + Sync + 'static` among them; an object has them too.
#[tokio::test(flavor = "multi_thread")]
async fn an_object_has_the_supertraits_of_its_trait() {
    let plain: Arc<DynNamed> = Arc::new(Name("ada"));
    let shown = assert_send(Arc::clone(&plain));
    assert_eq!((format!("{shown} {plain:?}"), plain.length().await), ("ada Name(\"ada\")".into(), 3));
    let upcast: Arc<dyn Display> = plain;
    assert_eq!(upcast.to_string(), "ada");
    let object: Arc<DynSendNamed> = Arc::new(Named!(Name("grace")));
    assert_eq!(tokio::spawn(async move { object.length().await }).await.unwrap(), 5);
}

/// Of one method it matters, of the other it does not.
#[trait_variant(send = SendPage)]
pub(crate) trait Page {
    async fn load(&self) -> u8;

    #[trait_variant(local)]
    async fn paint(&self) -> u8;
}

struct Blank;

impl Page for Blank {
    async fn load(&self) -> u8 {
        1
    }

    async fn paint(&self) -> u8 {
        let held = Rc::new(2);
        tokio::task::yield_now().await;
        *held
    }
}

/// dtolnay/async-trait#131: `Send` by method.
#[tokio::test]
async fn one_method_is_send_and_another_need_not_be() {
    let page = Page!(Blank);
    assert_eq!(assert_send(SendPage::load(&page)).await + SendPage::paint(&page).await, 3);
}

/// Without the proof being made once, in `SendFuture::new`, the compiler would find it anew for each layer of each layer.
#[tokio::test(flavor = "multi_thread")]
async fn forty_layers_are_one_task() {
    struct Answer;

    impl Service<()> for Answer {
        type Response = u8;

        async fn call(&self, (): ()) -> u8 {
            7
        }
    }

    /// As `Again`, but asks once.
    struct Layer<S>(S);

    #[trait_variant(send = SendService, where(S: Sync, S::Response: Send))]
    impl<S: Service<()>> Service<()> for Layer<S> {
        type Response = S::Response;

        async fn call(&self, (): ()) -> S::Response {
            self.0.call(()).await
        }
    }

    macro_rules! layers {
        ($inner:expr;) => { $inner };
        ($inner:expr; $_one:tt $($rest:tt)*) => { Layer(layers!($inner; $($rest)*)) };
    }
    let service =
        layers!(Service!(Answer); 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9);
    assert_eq!(tokio::spawn(async move { service.call(()).await }).await.unwrap(), 7);
}
