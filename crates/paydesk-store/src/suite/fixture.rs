//! A store under test, and what it lives on.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::store::Store;

/// An empty store for one case.
pub struct Fixture<S> {
    // Dropped before what it lives on.
    store: Arc<S>,
    lives_on: Option<Box<dyn Any + Send>>,
}

impl<S: Store> Fixture<S> {
    /// A store that needs nothing else.
    pub fn new(store: S) -> Self {
        Self { store: Arc::new(store), lives_on: None }
    }

    /// A store that lives on something, such as a temporary folder, which is kept as long as it.
    pub fn on(store: S, lives_on: impl Any + Send) -> Self {
        Self { store: Arc::new(store), lives_on: Some(Box::new(lives_on)) }
    }

    /// The store.
    pub const fn store(&self) -> &Arc<S> {
        &self.store
    }
}

impl<S> fmt::Debug for Fixture<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fixture")
            .field("lives_on_something", &self.lives_on.is_some())
            .finish_non_exhaustive()
    }
}
