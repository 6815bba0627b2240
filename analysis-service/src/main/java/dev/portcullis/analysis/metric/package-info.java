/** Raw counters of pods as they are read: the ports to what holds them, and what one reading gave. */
@NullMarked
package dev.portcullis.analysis.metric;

import org.jspecify.annotations.NullMarked;
