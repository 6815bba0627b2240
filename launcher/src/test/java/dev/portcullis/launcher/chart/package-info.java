/** The chart and the other objects of deploy that are applied to a cluster, as Helm renders them and as Kubernetes reads them. */
@NullMarked
package dev.portcullis.launcher.chart;

import org.jspecify.annotations.NullMarked;
