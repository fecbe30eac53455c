package io.durable4j.azurestorage.sdk;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.data.tables.models.TableServiceException;
import org.jspecify.annotations.Nullable;

/**
 * A service's answer that is no success.
 *
 * @param status the HTTP status; 0 when there is none
 * @param code the service's error code; empty when it gave none
 * @param request the service's id of the request, for its support; empty when it gave none
 */
record Refusal(int status, String code, String request) {
  private static final HttpHeaderName CODE = HttpHeaderName.fromString("x-ms-error-code");
  private static final HttpHeaderName REQUEST = HttpHeaderName.fromString("x-ms-request-id");

  static Refusal of(HttpResponseException e) {
    HttpResponse response = e.getResponse();
    int status = response == null ? 0 : response.getStatusCode();
    String code = response == null ? null : response.getHeaderValue(CODE);
    String request = response == null ? null : response.getHeaderValue(REQUEST);
    if (e instanceof TableServiceException t
        && t.getValue() != null
        && t.getValue().getErrorCode() != null) {
      code = t.getValue().getErrorCode().toString(); // of a row within a transaction too
    } else if (e.getValue() instanceof String told) {
      code = told;
    }
    return new Refusal(status, text(code), text(request));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Status and code as a person reads them. */
  String shown() {
    String shown = (status == 0 ? "" : status + " ") + code;
    String answer = shown.isBlank() ? "no answer" : shown.strip();
    return request.isEmpty() ? answer : answer + ", request " + request;
  }
}
