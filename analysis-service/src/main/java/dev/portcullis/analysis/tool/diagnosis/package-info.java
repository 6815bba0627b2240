/** What is wrong between a configuration and the metrics it names, found before the first release, each fault with its fix. */
@NullMarked
package dev.portcullis.analysis.tool.diagnosis;

import org.jspecify.annotations.NullMarked;
