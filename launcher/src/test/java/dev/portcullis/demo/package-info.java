/** The demo shop and its rollout controller, tested by hand-moved time. */
@NullMarked
package dev.portcullis.demo;

import org.jspecify.annotations.NullMarked;
