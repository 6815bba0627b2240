/** What a policy can detect: how the judge would decide on simulated releases at a given traffic. */
@NullMarked
package dev.portcullis.analysis.tool.detection;

import org.jspecify.annotations.NullMarked;
