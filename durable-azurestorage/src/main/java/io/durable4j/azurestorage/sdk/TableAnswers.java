package io.durable4j.azurestorage.sdk;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads of the table service's answers what the SDK does not hand on: the rows' new versions in the
 * answer to a transaction, and errors written in XML, for which it would need a further library.
 */
final class TableAnswers extends HttpPipelineSyncPolicy {
  private static final String VERSIONS = "durable4j-row-versions";
  private static final String PART = "HTTP/1.1 ";
  private static final String ETAG = "etag:";
  private static final Pattern CODE = Pattern.compile("<(?:m:)?[Cc]ode>([A-Za-z0-9]+)<");
  private static final int ERRORS = 400;

  /** Where the answer to one transaction is noted; of one thread. */
  static final class Versions {
    private List<String> etags = List.of();

    /** What to make the call with. */
    Context context() {
      return new Context(VERSIONS, this);
    }

    /** The new versions, in the order of the writes; empty texts for deletions. */
    List<String> of(int writes) {
      if (etags.size() != writes) {
        throw new IllegalStateException(
            "The answer tells " + etags.size() + " versions of " + writes + " rows");
      }
      return etags;
    }
  }

  @Override
  public HttpPipelinePosition getPipelinePosition() {
    return HttpPipelinePosition.PER_CALL; // sees what is left after all tries
  }

  @Override
  protected HttpResponse afterReceivedResponse(
      HttpPipelineCallContext context, HttpResponse response) {
    if (response.getStatusCode() >= ERRORS) {
      return isJson(response) ? response : refuse(response);
    }
    Versions versions = (Versions) context.getData(VERSIONS).orElse(null);
    if (versions == null) {
      return response;
    }
    HttpResponse kept = response.buffer();
    versions.etags = etags(text(kept));
    return kept;
  }

  private static boolean isJson(HttpResponse response) {
    String type = response.getHeaderValue(HttpHeaderName.CONTENT_TYPE);
    return type == null || type.toLowerCase(Locale.ROOT).contains("json");
  }

  private static HttpResponse refuse(HttpResponse response) {
    Matcher code = CODE.matcher(text(response));
    throw new HttpResponseException(
        "The table service refused", response, code.find() ? code.group(1) : null);
  }

  private static String text(HttpResponse response) {
    BinaryData body = response.getBodyAsBinaryData();
    return body == null ? "" : body.toString();
  }

  static List<String> etags(String multipart) {
    List<String> etags = new ArrayList<>();
    for (String line : multipart.split("\r?\n", -1)) {
      if (line.startsWith(PART)) {
        etags.add("");
      } else if (!etags.isEmpty() && line.toLowerCase(Locale.ROOT).startsWith(ETAG)) {
        etags.set(etags.size() - 1, line.substring(ETAG.length()).strip());
      }
    }
    return List.copyOf(etags);
  }

  /** The version of a single row: the SDK cuts the closing quote from the header. */
  static String whole(@Nullable String etag) {
    if (etag == null) {
      return "";
    }
    return etag.startsWith("W/\"") && !etag.endsWith("\"") ? etag + '"' : etag;
  }
}
