namespace LocalCloud.Tests.Fuzzing;

/// <summary>A sound request of a service: what is mangled.</summary>
/// <param name="Service">As in a signature's scope.</param>
/// <param name="Method">Of HTTP.</param>
/// <param name="Path">With the query, if there is one.</param>
/// <param name="Target">The X-Amz-Target header, if the service has one.</param>
/// <param name="Body">Empty for none.</param>
internal sealed record Sample(string Service, string Method, string Path, string? Target, string Body)
{
    public string ContentType => Target is not null ? "application/x-amz-json-1.0" : Body.StartsWith("Action=", StringComparison.Ordinal) ? "application/x-www-form-urlencoded"
        : Body.StartsWith('<') ? "application/xml" : "application/json";
}

/// <summary>Requests that reach into every service and every parser behind it.</summary>
internal static class Samples
{
    private const string Topic = "arn:aws:sns:us-east-1:000000000000:t";

    public static IReadOnlyList<Sample> All { get; } =
    [
        .. LocalCloud.Sqs.SqsOperations.All.Keys.Order(StringComparer.Ordinal).SelectMany(operation => Sqs.Select(body => new Sample("sqs", "POST", "/", "AmazonSQS." + operation, body))),
        .. Forms.Select(form => new Sample(form.Service, "POST", "/", null, form.Body)),
        .. Json.Select(json => new Sample(json.Service, "POST", "/", json.Target, json.Body)),
        .. Rest.Select(rest => new Sample(rest.Service, rest.Method, rest.Path, null, rest.Body)),
    ];

    private static string[] Sqs =>
    [
        """{"QueueUrl":"q","MessageBody":"x","DelaySeconds":1,"MessageAttributes":{"a":{"DataType":"Binary","BinaryValue":"AAE="}}}""",
        """{"QueueUrl":"q","Entries":[{"Id":"1","MessageBody":"x"},{"Id":"2","ReceiptHandle":"y","VisibilityTimeout":1}]}""",
        """{"QueueName":"q2","Attributes":{"RedrivePolicy":"{\"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":1}","Policy":"{}"},"tags":{"a":"b"}}""",
        """{"QueueUrl":"q","AttributeNames":["All"],"MaxNumberOfMessages":10,"TaskHandle":"e30=","SourceArn":"arn","Label":"l","AWSAccountIds":["1"],"Actions":["*"]}""",
    ];

    private static (string Service, string Body)[] Forms =>
    [
        ("sns", $"Action=Publish&TopicArn={Topic}&Message=%7B%22k%22%3A1%7D&MessageAttributes.entry.1.Name=k&MessageAttributes.entry.1.Value.DataType=String.Array&MessageAttributes.entry.1.Value.StringValue=%5B1%5D"),
        ("sns", $"Action=Publish&TopicArn={Topic}&MessageStructure=json&Message=%7B%22default%22%3A%22x%22%7D&Subject=s"),
        ("sns", $"Action=Subscribe&TopicArn={Topic}&Protocol=sqs&Endpoint=arn:aws:sqs:us-east-1:000000000000:q&Attributes.entry.1.key=FilterPolicy&Attributes.entry.1.value=%7B%22k%22%3A%5B%7B%22numeric%22%3A%5B%22%3E%22%2C1%5D%7D%2C%7B%22prefix%22%3A%22a%22%7D%2C%7B%22cidr%22%3A%2210.0.0.0%2F8%22%7D%5D%7D"),
        ("sns", $"Action=SetTopicAttributes&TopicArn={Topic}&AttributeName=DeliveryPolicy&AttributeValue=%7B%22http%22%3A%7B%22defaultHealthyRetryPolicy%22%3A%7B%22numRetries%22%3A3%2C%22minDelayTarget%22%3A1%2C%22maxDelayTarget%22%3A9%7D%7D%7D"),
        ("sns", $"Action=SetTopicAttributes&TopicArn={Topic}&AttributeName=Policy&AttributeValue=%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%22*%22%2C%22Action%22%3A%22sns%3A*%22%2C%22Resource%22%3A%22*%22%2C%22Condition%22%3A%7B%22ArnLike%22%3A%7B%22aws%3ASourceArn%22%3A%22arn%3A*%22%7D%7D%7D%5D%7D"),
        ("sns", $"Action=PublishBatch&TopicArn={Topic}&PublishBatchRequestEntries.member.1.Id=1&PublishBatchRequestEntries.member.1.Message=x"),
        ("sns", $"Action=ConfirmSubscription&TopicArn={Topic}&Token=abc"),
        ("sqs", "Action=SendMessageBatch&Version=2012-11-05&QueueUrl=q&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=b&SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=n"),
        ("sqs", "Action=CreateQueue&Version=2012-11-05&QueueName=q3&Attribute.1.Name=Policy&Attribute.1.Value=%7B%22Statement%22%3A%5B%5D%7D&Tag.1.Key=a&Tag.1.Value=b"),
        ("iam", "Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument=%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22AWS%22%3A%22*%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D"),
        ("iam", "Action=PutRolePolicy&Version=2010-05-08&RoleName=r&PolicyName=p&PolicyDocument=%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22*%22%2C%22Resource%22%3A%22*%22%7D%7D"),
        ("sts", "Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::000000000000:role/r&RoleSessionName=s&DurationSeconds=900"),
        ("sts", "Action=GetCallerIdentity&Version=2011-06-15"),
    ];

    private static (string Service, string Target, string Body)[] Json =>
    [
        ("kms", "TrentService.CreateKey", """{"Description":"d","Policy":"{\"Statement\":[]}","Tags":[{"TagKey":"a","TagValue":"b"}]}"""),
        ("kms", "TrentService.Encrypt", """{"KeyId":"alias/aws/sqs","Plaintext":"AAE=","EncryptionContext":{"a":"b"}}"""),
        ("kms", "TrentService.Decrypt", """{"CiphertextBlob":"AAECAwQFBgcICQoLDA0ODw==","EncryptionContext":{"a":"b"}}"""),
        ("kms", "TrentService.GenerateDataKey", """{"KeyId":"alias/aws/sqs","NumberOfBytes":32}"""),
        ("kinesis", "Kinesis_20131202.CreateStream", """{"StreamName":"s","ShardCount":1}"""),
        ("kinesis", "Kinesis_20131202.PutRecords", """{"StreamName":"s","Records":[{"Data":"AAE=","PartitionKey":"p","ExplicitHashKey":"1"}]}"""),
        ("kinesis", "Kinesis_20131202.GetRecords", """{"ShardIterator":"AAAA","Limit":10}"""),
        ("dynamodb", "DynamoDB_20120810.CreateTable", """{"TableName":"table","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}"""),
        ("dynamodb", "DynamoDB_20120810.PutItem", """{"TableName":"table","Item":{"pk":{"S":"1"},"n":{"N":"1.5E3"},"l":{"L":[{"M":{"a":{"BOOL":true}}}]}},"ConditionExpression":"attribute_not_exists(pk) AND (size(#n) > :v OR NOT begins_with(pk, :p))","ExpressionAttributeNames":{"#n":"n"},"ExpressionAttributeValues":{":v":{"N":"1"},":p":{"S":"x"}}}"""),
        ("dynamodb", "DynamoDB_20120810.UpdateItem", """{"TableName":"table","Key":{"pk":{"S":"1"}},"UpdateExpression":"SET a.b[0] = if_not_exists(c, :v) + :v, d = list_append(d, :l) REMOVE e ADD f :v","ExpressionAttributeValues":{":v":{"N":"1"},":l":{"L":[]}}}"""),
        ("dynamodb", "DynamoDB_20120810.Query", """{"TableName":"table","KeyConditionExpression":"pk = :v","ExpressionAttributeValues":{":v":{"S":"1"}}}"""),
        ("dynamodb", "DynamoDB_20120810.TransactWriteItems", """{"TransactItems":[{"Put":{"TableName":"table","Item":{"pk":{"S":"2"}}}}]}"""),
    ];

    private static (string Service, string Method, string Path, string Body)[] Rest =>
    [
        ("s3", "PUT", "/bucket", "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"),
        ("s3", "PUT", "/bucket/key%20a%2Fb", "content"),
        ("s3", "GET", "/bucket/key%20a%2Fb?versionId=x", ""),
        ("s3", "GET", "/bucket?list-type=2&prefix=a&max-keys=1&continuation-token=AAAA", ""),
        ("s3", "POST", "/bucket?delete", "<Delete><Object><Key>k</Key></Object><Quiet>true</Quiet></Delete>"),
        ("s3", "POST", "/bucket/k?uploads", ""),
        ("s3", "POST", "/bucket/k?uploadId=x", "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"x\"</ETag></Part></CompleteMultipartUpload>"),
        ("s3", "PUT", "/bucket?lifecycle", "<LifecycleConfiguration><Rule><ID>r</ID><Status>Enabled</Status><Filter><Prefix>a</Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>"),
        ("s3", "PUT", "/bucket?notification", "<NotificationConfiguration><QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:q</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration></NotificationConfiguration>"),
        ("ses", "POST", "/v2/email/outbound-emails", """{"FromEmailAddress":"a@b.c","Destination":{"ToAddresses":["d@e.f"]},"Content":{"Simple":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}}}}}"""),
        ("ses", "POST", "/v2/email/outbound-emails", """{"Content":{"Raw":{"Data":"RnJvbTogYUBiLmMKVG86IGRAZS5mClN1YmplY3Q6IHMKCnRleHQ="}}}"""),
        ("lambda", "POST", "/2015-03-31/functions", """{"FunctionName":"f","Runtime":"python3.11","Role":"arn:aws:iam::000000000000:role/r","Handler":"h.h","Code":{"ZipFile":"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="}}"""),
        ("lambda", "POST", "/2015-03-31/functions/f/invocations", "{}"),
        ("lambda", "POST", "/2015-03-31/event-source-mappings/", """{"EventSourceArn":"arn:aws:sqs:us-east-1:000000000000:q","FunctionName":"f","BatchSize":10}"""),
    ];
}
