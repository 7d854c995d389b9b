//! Calls of `self` in the body of an `impl` for both siblings: each means what it means without the attribute.

use core::future::ready;

use futures::executor::block_on;
use onpar::trait_variant;

#[trait_variant(send = SendStore)]
pub(crate) trait Store {
    async fn load(&self, key: u8) -> u8;
    async fn load_all(&self, from: u8) -> u8;
    fn size(&self) -> usize;
    fn depth(&self, of: usize) -> usize;
}

/// It has some of the methods itself, as types do that are older than the trait.
struct Shelf(u8);

impl Shelf {
    async fn load(&self, key: u8) -> u8 {
        ready(key + self.0).await
    }

    fn size(&self) -> usize {
        usize::from(self.0) + 2
    }
}

#[trait_variant(send = SendStore)]
impl Store for Shelf {
    async fn load(&self, key: u8) -> u8 {
        self.load(key).await
    }

    async fn load_all(&self, from: u8) -> u8 {
        if from == 0 { 0 } else { self.load(from).await + Box::pin(async { self.load_all(from - 1).await }).await }
    }

    fn size(&self) -> usize {
        self.size()
    }

    fn depth(&self, of: usize) -> usize {
        if of == 0 { self.size() } else { self.depth(of - 1) }
    }
}

#[test]
fn a_method_of_the_type_itself_is_called_by_that_of_the_trait_and_a_recursion_is_one() {
    assert_eq!(block_on(Store::load(&Shelf(1), 1)) + block_on(SendStore::load(&Shelf(1), 2)), 5);
    assert_eq!((Store::size(&Shelf(1)), SendStore::size(&Shelf(1))), (3, 3));
    assert_eq!((Store::depth(&Shelf(1), 4), SendStore::depth(&Shelf(1), 4)), (3, 3));
    assert_eq!(block_on(Store::load_all(&Shelf(1), 2)) + block_on(SendStore::load_all(&Shelf(1), 2)), 10);
}

#[trait_variant(send = SendCell)]
pub(crate) trait Cell {
    async fn get(&self, key: u8) -> u8;
    async fn proof(&self) -> u8;
    fn get_mut(&mut self) -> u8;
    fn into_inner(self) -> u8;
}

impl Cell for u8 {
    async fn get(&self, key: u8) -> u8 {
        self + key
    }

    async fn proof(&self) -> u8 {
        *self
    }

    fn get_mut(&mut self) -> u8 {
        *self
    }

    fn into_inner(self) -> u8 {
        self
    }
}

#[test]
fn what_has_been_proved_has_the_methods_of_the_trait_behind_a_dot_and_no_others() {
    let mut cell = Cell!(7_u8);
    assert_eq!(block_on(cell.get(1)) + block_on(cell.proof()), 15);
    assert_eq!(cell.get_mut() + cell.into_inner(), 14);
}
