/** What the tests of all services share: a real database, a real HTTP server, and waiting for a condition. */
@NullMarked
package dev.portcullis.kit.testing;

import org.jspecify.annotations.NullMarked;
