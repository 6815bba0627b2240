/** Bytes at random against the running services, over HTTP, gRPC and HTTP/2, and what their answers and their log must not have. */
@NullMarked
package dev.portcullis.launcher.fuzz;

import org.jspecify.annotations.NullMarked;
