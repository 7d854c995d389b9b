//! A trait object, with an associated type, and methods that take `self` in other ways.

#[trait_variant(dyn = DynService)]
trait Service<Request> {
    type Response;

    async fn call(&mut self, request: Request) -> Self::Response;

    async fn compare<'a>(&self, one: &'a Request, other: &Request) -> &'a Request;

    async fn end(self);

    fn all(&self) -> impl Iterator<Item = Request>;
}
