//! The trait that started it: a service, middleware over it, and implementations that know nothing of onpar.

use alloc::rc::Rc;
use alloc::sync::Arc;

use onpar::trait_variant;
use onpar::traits::Local;

/// Answers requests.
#[trait_variant(send = SendService, dyn = DynService, dyn_send = DynSendService)]
pub(crate) trait Service<Req> {
    /// What it answers.
    type Response;

    /// Answers one.
    async fn call(&self, request: Req) -> Self::Response;

    /// What it is called.
    fn name(&self) -> &str;

    /// Answers one that is borrowed, and borrows.
    async fn peek<'a>(&'a self, of: &'a str, _: u8) -> &'a str;
}

/// Knows the plain trait alone.
struct Length(String);

impl Service<String> for Length {
    type Response = usize;

    async fn call(&self, request: String) -> usize {
        tokio::task::yield_now().await;
        request.len() + self.0.len()
    }

    fn name(&self) -> &str {
        &self.0
    }

    async fn peek<'a>(&'a self, of: &'a str, _: u8) -> &'a str {
        if of.is_empty() { &self.0 } else { of }
    }
}

/// Not `Send`, and plain.
struct Unsent(Rc<u8>, String);

impl Service<String> for Unsent {
    type Response = usize;

    async fn call(&self, request: String) -> usize {
        let kept = Rc::clone(&self.0);
        tokio::task::yield_now().await;
        request.len() + usize::from(*kept)
    }

    fn name(&self) -> &str {
        &self.1
    }

    async fn peek<'a>(&'a self, of: &'a str, _: u8) -> &'a str {
        of
    }
}

fn unsent(number: u8) -> Unsent {
    Unsent(Rc::new(number), "unsent".into())
}

/// Middleware, written once.
struct Twice<S>(S);

#[trait_variant(send = SendService, where(Req: Send, S: Sync, S::Response: Send))]
impl<Req: Clone, S: Service<Req>> Service<Req> for Twice<S> {
    type Response = (S::Response, S::Response);

    async fn call(&self, request: Req) -> Self::Response {
        let first = self.0.call(request.clone()).await;
        (first, Service::call(&self.0, request).await)
    }

    fn name(&self) -> &str {
        self.0.name()
    }

    async fn peek<'a>(&'a self, of: &'a str, n: u8) -> &'a str {
        self.0.peek(of, n).await
    }
}

/// Generic code over the one sibling.
fn spawned<S>(service: S) -> tokio::task::JoinHandle<(S::Response, usize)>
where
    S: SendService<String> + Send + Sync + 'static,
    S::Response: Send,
{
    tokio::spawn(async move {
        let response = service.call("ab".into()).await;
        (response, service.peek("", 1).await.len() + service.name().len())
    })
}

/// Generic code over the other.
async fn plain<S: Service<String> + ?Sized>(service: &S) -> S::Response {
    service.call("abc".into()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_constructor_proves_that_foreign_futures_are_send() {
    assert_eq!(spawned(Service!(Length("x".into()))).await.unwrap(), (3, 2));
    let proved = Service!(Length("x".into()));
    assert_eq!(size_of_val(&proved), size_of::<Length>());
}

#[tokio::test(flavor = "multi_thread")]
async fn middleware_is_written_once_and_serves_both_sides() {
    assert_eq!(spawned(Twice(Service!(Length("x".into())))).await.unwrap(), ((3, 3), 2));
    assert_eq!(spawned(Service!(Twice(Length("x".into())))).await.unwrap(), ((3, 3), 2));
    assert_eq!(plain(&Twice(Twice(unsent(1)))).await, ((4, 4), (4, 4)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_is_proved_too() {
    async fn twice<S: SendService<String>>(service: &S) -> S::Response {
        service.call("a".into()).await;
        service.call("b".into()).await
    }
    let mut length = Length("x".into());
    assert_eq!(twice(Service!(&length)).await, 2);
    assert_eq!(twice(Service!(&mut length)).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_send_leads_back_to_the_plain_trait() {
    assert_eq!(plain(&Local(Service!(Length("x".into())))).await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn trait_objects_are_used_behind_any_pointer() {
    let borrowed: &DynService<'_, String, usize> = &unsent(2);
    assert_eq!((plain(borrowed).await, borrowed.name()), (5, "unsent"));
    let boxed: Vec<Box<DynService<'_, String, usize>>> = vec![Box::new(unsent(0)), Box::new(Length("x".into()))];
    let mut sum = 0;
    for service in &boxed {
        sum += service.call("ab".into()).await + service.peek("abc", 0).await.len();
    }
    assert_eq!(sum, 2 + 3 + 3 + 3);
    assert_eq!(plain(&Twice(Box::new(unsent(0)) as Box<DynService<'_, String, usize>>)).await, (3, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn trait_objects_of_the_sibling_move_between_threads() {
    let routes: Vec<Box<DynSendService<'static, String, usize>>> =
        vec![Box::new(Service!(Length("x".into()))), Box::new(Service!(Length("yz".into())))];
    let mut sum = 0;
    for route in routes {
        sum += spawned(route).await.unwrap().0;
    }
    assert_eq!(sum, 3 + 4);
    let shared: Arc<DynSendService<'static, String, usize>> = Arc::new(Service!(Length("x".into())));
    let other = Arc::clone(&shared);
    assert_eq!(tokio::spawn(async move { other.call("a".into()).await }).await.unwrap(), 2);
}
