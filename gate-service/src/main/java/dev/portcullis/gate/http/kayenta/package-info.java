/** The part of Kayenta's REST API that Argo Rollouts and Spinnaker use. */
@NullMarked
package dev.portcullis.gate.http.kayenta;

import org.jspecify.annotations.NullMarked;
