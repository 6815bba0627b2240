/** The judge: which plan a canary is held against, and what the evidence of its windows amounts to. */
@NullMarked
package dev.portcullis.analysis.judge;

import org.jspecify.annotations.NullMarked;
