/** AnalysisService over gRPC: requests parsed, use cases called, answers mapped. */
@NullMarked
package dev.portcullis.analysis.grpc;

import org.jspecify.annotations.NullMarked;
