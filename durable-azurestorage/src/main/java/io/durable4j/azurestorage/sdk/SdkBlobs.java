package io.durable4j.azurestorage.sdk;

import com.azure.core.http.RequestConditions;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import io.durable4j.azurestorage.account.Blobs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Blobs by the SDK. */
final class SdkBlobs implements Blobs {
  private static final String CONTAINER_MISSING = "ContainerNotFound";
  private static final String BLOB_MISSING = "BlobNotFound";
  private static final String CHANGED = "ConditionNotMet";
  private static final String EXISTS = "BlobAlreadyExists";
  private static final String LEASED = "LeaseAlreadyPresent";
  private static final String NOT_LEASED = "LeaseNotPresentWithLeaseOperation";
  private static final String ANOTHERS = "LeaseIdMismatchWithLeaseOperation";

  private final BlobServiceClient service;
  private final Calls calls;
  private final ConcurrentHashMap<String, BlobContainerClient> clients = new ConcurrentHashMap<>();

  SdkBlobs(BlobServiceClient service, Calls calls) {
    this.service = service;
    this.calls = calls;
  }

  private BlobContainerClient client(String container) {
    return clients.computeIfAbsent(container, service::getBlobContainerClient);
  }

  private BlobClient blob(String container, String name) {
    return client(container).getBlobClient(name);
  }

  @Override
  public boolean create(String container) {
    return calls.run(
        container,
        () -> client(container).createWithResponse(null, null, null, Context.NONE),
        response -> true,
        Calls.Expected.code("ContainerAlreadyExists", false));
  }

  @Override
  public boolean delete(String container) {
    return calls.run(
        container,
        () -> client(container).deleteWithResponse(null, null, Context.NONE),
        response -> true,
        Calls.Expected.code(CONTAINER_MISSING, false));
  }

  @Override
  public void put(String container, String name, byte[] bytes) {
    upload(container, name, bytes, new BlobRequestConditions(), Calls.Expected.nothing());
  }

  @Override
  public boolean put(String container, String name, byte[] bytes, @Nullable String etag) {
    BlobRequestConditions seen = new BlobRequestConditions();
    if (etag == null) {
      seen.setIfNoneMatch("*");
    } else {
      seen.setIfMatch(etag);
    }
    return upload(container, name, bytes, seen, Calls.Expected.codes(EXISTS, CHANGED, false));
  }

  private boolean upload(
      String container,
      String name,
      byte[] bytes,
      BlobRequestConditions seen,
      Calls.Expected<Boolean> expected) {
    BlockBlobSimpleUploadOptions options =
        new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(bytes)).setRequestConditions(seen);
    return calls.run(
        container,
        () ->
            blob(container, name)
                .getBlockBlobClient()
                .uploadWithResponse(options, null, Context.NONE),
        response -> true,
        expected);
  }

  @Override
  public @Nullable Blob get(String container, String name) {
    Optional<Blob> found =
        calls.run(
            container,
            () -> blob(container, name).downloadContentWithResponse(null, null, null, Context.NONE),
            response ->
                Optional.of(
                    new Blob(
                        response.getValue().toBytes(),
                        response.getDeserializedHeaders().getETag())),
            Calls.Expected.codes(BLOB_MISSING, CONTAINER_MISSING, Optional.empty()));
    return found.orElse(null);
  }

  @Override
  public boolean delete(String container, String name) {
    return calls.run(
        container,
        () -> blob(container, name).deleteWithResponse(null, null, null, Context.NONE),
        response -> true,
        Calls.Expected.codes(BLOB_MISSING, CONTAINER_MISSING, false));
  }

  @Override
  public Page list(String container, String prefix, @Nullable String token) {
    return calls.run(
        container,
        () -> page(container, prefix, token),
        page ->
            new Page(
                page.getValue().stream().map(BlobItem::getName).toList(),
                page.getContinuationToken()),
        Calls.Expected.code(CONTAINER_MISSING, new Page(List.of(), null)));
  }

  private PagedResponse<BlobItem> page(String container, String prefix, @Nullable String token) {
    return client(container)
        .listBlobs(new ListBlobsOptions().setPrefix(prefix), token, null)
        .iterableByPage()
        .iterator()
        .next();
  }

  @Override
  public String url(String container) {
    return client(container).getBlobContainerUrl();
  }

  private BlobLeaseClient leaseOf(String container, UUID id) {
    return new BlobLeaseClientBuilder()
        .containerClient(client(container))
        .leaseId(id.toString())
        .buildClient();
  }

  @Override
  public boolean lease(String container, UUID id, Duration how) {
    return calls.run(
        container,
        () ->
            leaseOf(container, id)
                .acquireLeaseWithResponse(
                    (int) how.toSeconds(), new RequestConditions(), null, Context.NONE),
        response -> true,
        Calls.Expected.code(LEASED, false));
  }

  @Override
  public boolean changeLease(String container, UUID from, UUID to) {
    return calls.run(
        container,
        () ->
            leaseOf(container, from)
                .changeLeaseWithResponse(
                    to.toString(), new RequestConditions(), null, Context.NONE),
        response -> true,
        Calls.Expected.codes(NOT_LEASED, ANOTHERS, false));
  }

  @Override
  public boolean releaseLease(String container, UUID id) {
    return calls.run(
        container,
        () ->
            leaseOf(container, id)
                .releaseLeaseWithResponse(new RequestConditions(), null, Context.NONE),
        response -> true,
        Calls.Expected.codes(NOT_LEASED, ANOTHERS, false));
  }
}
