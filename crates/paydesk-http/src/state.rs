//! What every handler needs.

use std::sync::Arc;

use paydesk_app::App;
use paydesk_wire::objects::PublicUrl;

/// What every handler needs.
#[derive(Clone)]
pub struct HttpState {
    /// The operations.
    pub app: Arc<App>,
    /// Where the server is reached from outside.
    pub public_url: Arc<PublicUrl>,
}
