using System.Xml.Linq;
using LocalCloud.S3.Configuration;

namespace LocalCloud.S3.Operations;

internal static class CreateBucket
{
    private const string Default = "us-east-1";

    public static S3Answer Run(S3Call call)
    {
        call.Demand("CreateBucket", $"arn:aws:s3:::{call.BucketName}");
        if (!BucketName.IsValid(call.BucketName))
        {
            throw S3Error.InvalidBucketName();
        }

        var body = call.Content().Bytes;
        var configuration = body.Length == 0 ? null : XmlInput.Read(body, "CreateBucketConfiguration");
        var region = RegionOf(call, configuration);
        if (call.Header("x-amz-bucket-object-lock-enabled")?.Equals("true", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw S3Error.NotImplemented("object lock");
        }

        Acl.Check(call);
        // us-east-1 takes a second create for the sake of clients from before there were other regions.
        return call.Store.Create(call.BucketName, region, SettingsOf(call, configuration)) || call.Region == Default
            ? new S3Answer(200).With("Location", "/" + call.BucketName).With("x-amz-bucket-arn", $"arn:aws:s3:::{call.BucketName}")
            : throw S3Error.BucketOwned();
    }

    private static string RegionOf(S3Call call, XElement? configuration)
    {
        if (configuration?.Element("Location") is not null || configuration?.Element("Bucket") is not null)
        {
            throw S3Error.NotImplemented("directory buckets");
        }

        var location = configuration?.Element("LocationConstraint")?.Value is { Length: > 0 } text ? text : null;
        return location is Default || (location is not null && !(location.Length <= 25 && location.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || location == "EU"))
            ? throw S3Error.InvalidLocation()
            : location == "EU" ? "eu-west-1"
            : call.Region != Default && location != call.Region ? throw S3Error.IllegalLocation(location)
            : location ?? call.Region;
    }

    private static BucketSettings SettingsOf(S3Call call, XElement? configuration)
    {
        var settings = BucketSettings.Initial;
        if (configuration?.Element("Tags") is { } tags)
        {
            var document = new XElement("Tagging", new XElement("TagSet", tags.Elements()));
            BucketDocument.All["tagging"].Check(document);
            settings = settings.With("tagging", XmlInput.Text(document));
        }

        if (call.Header("x-amz-object-ownership") is { } ownership)
        {
            var document = new XElement("OwnershipControls", new XElement("Rule", new XElement("ObjectOwnership", ownership)));
            BucketDocument.All["ownershipControls"].Check(document);
            settings = settings.With("ownershipControls", XmlInput.Text(document));
        }

        return settings;
    }
}
