using LocalCloud.Http;

namespace LocalCloud.S3;

/// <summary>The errors of S3.</summary>
internal static class S3Error
{
    public static ServiceException NoSuchBucket() => new("NoSuchBucket", "The specified bucket does not exist", status: 404);

    public static ServiceException NoSuchKey() => new("NoSuchKey", "The specified key does not exist.", status: 404);

    public static ServiceException NoSuchVersion() => new("NoSuchVersion", "The specified version does not exist.", status: 404);

    public static ServiceException NoSuchUpload() =>
        new("NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", status: 404);

    public static ServiceException BucketOwned() =>
        new("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", status: 409);

    public static ServiceException BucketNotEmpty() => new("BucketNotEmpty", "The bucket you tried to delete is not empty", status: 409);

    public static ServiceException TooManyBuckets() =>
        new("TooManyBuckets", $"LocalCloud has {Limits.Buckets} buckets, the most it may. Delete some first.");

    public static ServiceException InvalidBucketName() => new("InvalidBucketName", "The specified bucket is not valid.");

    public static ServiceException InvalidLocation() => new("InvalidLocationConstraint", "The specified location-constraint is not valid");

    public static ServiceException IllegalLocation(string? location) => new(
        "IllegalLocationConstraintException",
        $"The {location ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.");

    public static ServiceException InvalidUri() => new("InvalidURI", "Couldn't parse the specified URI.");

    public static ServiceException KeyTooLong() => new("KeyTooLongError", "Your key is too long");

    public static ServiceException InvalidArgument(string message) => new("InvalidArgument", message);

    public static ServiceException InvalidRequest(string message) => new("InvalidRequest", message);

    public static ServiceException MalformedXml() =>
        new("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    public static ServiceException MalformedPolicy(string message) => new("MalformedPolicy", message);

    public static ServiceException InvalidTag(string message) => new("InvalidTag", message);

    public static ServiceException TooManyTags(int most) => new("BadRequest", $"Object tags cannot be greater than {most}");

    public static ServiceException XmlTooLong() => new("MaxMessageLengthExceeded", "Your request was too big.");

    public static ServiceException EntityTooLarge() => new("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");

    public static ServiceException EntityTooSmall() => new("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");

    /// <summary>What LocalCloud holds is bounded; AWS has no such error, so it is a plain refusal that says why.</summary>
    public static ServiceException StorageFull() => new(
        "QuotaExceeded", $"The buckets of LocalCloud hold {Limits.BucketBytes} bytes, the most they may. Delete objects first.", status: 403);

    public static ServiceException TooManyUploads() =>
        new("QuotaExceeded", $"The bucket has {Limits.Uploads} multipart uploads in progress, the most it may. Complete or abort some first.", status: 403);

    public static ServiceException MetadataTooLarge() => new("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");

    public static ServiceException MissingLength() => new("MissingContentLength", "You must provide the Content-Length HTTP header.", status: 411);

    public static ServiceException IncompleteBody() => new("IncompleteBody", "The request body terminated unexpectedly");

    public static ServiceException MalformedTrailer() => new(
        "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.");

    public static ServiceException InvalidDigest() => new("InvalidDigest", "The Content-MD5 you specified was invalid.");

    public static ServiceException BadDigest(string what) => new("BadDigest", $"The {what} you specified did not match what we received.");

    public static ServiceException ContentHashMismatch() =>
        new("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");

    public static ServiceException PreconditionFailed() =>
        new("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", status: 412);

    public static ServiceException InvalidRange() => new("InvalidRange", "The requested range is not satisfiable", status: 416);

    public static ServiceException InvalidPart() => new(
        "InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");

    public static ServiceException InvalidPartNumber() => new("InvalidPartNumber", "The requested partnumber is not satisfiable", status: 416);

    public static ServiceException InvalidPartOrder() =>
        new("InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.");

    public static ServiceException InvalidStorageClass() => new("InvalidStorageClass", "The storage class you specified is not valid");

    public static ServiceException InvalidObjectState() =>
        new("InvalidObjectState", "The operation is not valid for the object's storage class", status: 403);

    public static ServiceException AccessDenied() => new("AccessDenied", "Access Denied", status: 403);

    /// <summary>As KMS words it.</summary>
    public static ServiceException AccessDenied(string reason) => new("AccessDenied", reason, status: 403);

    /// <summary>The key that encrypts an object cannot be used.</summary>
    public static ServiceException Kms(string code, string message) => new("KMS." + code, message);

    public static ServiceException AclNotSupported() => new("AccessControlListNotSupported", "The bucket does not allow ACLs");

    public static ServiceException MethodNotAllowed() =>
        new("MethodNotAllowed", "The specified method is not allowed against this resource.", status: 405);

    /// <param name="what">What LocalCloud lacks, as the subject of a sentence.</param>
    public static ServiceException NotImplemented(string what) =>
        new("NotImplemented", $"A header or query you provided implies functionality that is not implemented: LocalCloud has no {what}.", status: 501);
}
