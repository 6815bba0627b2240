/** What the tests of all services share: a real database, real HTTP and gRPC servers, and waiting for a condition. */
@NullMarked
package dev.portcullis.kit.testing;

import org.jspecify.annotations.NullMarked;
