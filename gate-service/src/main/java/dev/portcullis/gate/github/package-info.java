/** GitHub's custom deployment protection rules: the app that is asked, and the requests that wait for its answer. */
@NullMarked
package dev.portcullis.gate.github;

import org.jspecify.annotations.NullMarked;
