using LocalCloud.S3.Objects;
using LocalCloud.S3.Uploads;

namespace LocalCloud.S3;

/// <content>Multipart uploads in progress.</content>
internal sealed partial class BucketStore
{
    public void Start(Bucket bucket, Upload upload)
    {
        lock (_gate)
        {
            Require(bucket);
            if (bucket.Uploads.Count >= Limits.Uploads)
            {
                throw S3Error.TooManyUploads();
            }

            Reserve(Limits.ObjectOverheadBytes);
            bucket.Uploads[upload.Id] = upload;
        }
    }

    /// <exception cref="Http.ServiceException">There is no such upload of that key.</exception>
    public Upload FindUpload(Bucket bucket, string key, string id)
    {
        lock (_gate)
        {
            return bucket.Uploads.TryGetValue(id, out var upload) && upload.Key == key ? upload : throw S3Error.NoSuchUpload();
        }
    }

    /// <summary>Stores a part in the place of an earlier one of its number.</summary>
    public void Put(Bucket bucket, Upload upload, Part part)
    {
        lock (_gate)
        {
            RequireUpload(bucket, upload);
            Reserve(part.Cost - (upload.Parts.GetValueOrDefault(part.Number)?.Cost ?? 0));
            upload.Parts[part.Number] = part;
        }
    }

    public List<Part> Parts(Upload upload)
    {
        lock (_gate)
        {
            return [.. upload.Parts.Values];
        }
    }

    /// <summary>Uploads in progress by key, those of one key by age.</summary>
    public List<Upload> Uploads(Bucket bucket)
    {
        lock (_gate)
        {
            return [.. bucket.Uploads.Values.OrderBy(upload => upload.Key, ObjectKey.Order).ThenBy(upload => upload.Initiated).ThenBy(upload => upload.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>Ends an upload: its object takes the place of its parts.</summary>
    /// <exception cref="Http.ServiceException">The condition does not hold, or the upload is over.</exception>
    public ObjectVersion Complete(Bucket bucket, Upload upload, ObjectVersion item, WriteCondition condition)
    {
        lock (_gate)
        {
            RequireUpload(bucket, upload);
            condition.Check(History(bucket, item.Key)?.Current);
            var stored = Add(bucket, item, freed: CostOf(upload));
            bucket.Uploads.Remove(upload.Id);
            return stored;
        }
    }

    public void Abort(Bucket bucket, Upload upload)
    {
        lock (_gate)
        {
            RequireUpload(bucket, upload);
            Forget(bucket, upload);
        }
    }

    private static long CostOf(Upload upload) => Limits.ObjectOverheadBytes + upload.Parts.Values.Sum(part => part.Cost);

    private void Forget(Bucket bucket, Upload upload)
    {
        bucket.Uploads.Remove(upload.Id);
        _bytes -= CostOf(upload);
    }

    private void RequireUpload(Bucket bucket, Upload upload)
    {
        Require(bucket);
        if (!bucket.Uploads.ContainsKey(upload.Id))
        {
            throw S3Error.NoSuchUpload();
        }
    }
}
