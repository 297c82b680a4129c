"""boto3, unchanged: endpoint and keys come from the environment."""
import hashlib
import json
import uuid

import boto3
from botocore.exceptions import ClientError

run = uuid.uuid4().hex[:8]
sqs, sns, sts = boto3.client("sqs"), boto3.client("sns"), boto3.client("sts")


def receive(url, **more):
    return sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5, MessageSystemAttributeNames=["All"], MessageAttributeNames=["All"], **more).get("Messages", [])


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert code in (error.response["Error"]["Code"], error.response["Error"].get("QueryErrorCode")), error.response["Error"]
        return
    raise AssertionError(f"{code} was expected")


assert len(sts.get_caller_identity()["Account"]) == 12

# A queue with a dead-letter queue, drained by a redrive.
dead = sqs.create_queue(QueueName=f"boto-dead-{run}")["QueueUrl"]
dead_arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
work = sqs.create_queue(QueueName=f"boto-{run}", Attributes={"RedrivePolicy": json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": "1"})})["QueueUrl"]
work_arn = sqs.get_queue_attributes(QueueUrl=work, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
sent = sqs.send_message(QueueUrl=work, MessageBody="poison", MessageAttributes={"b": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}})
assert sent["MD5OfMessageBody"] == hashlib.md5(b"poison").hexdigest()
assert receive(work, VisibilityTimeout=0)[0]["MessageAttributes"]["b"]["BinaryValue"] == b"\x00\xff"
assert sqs.receive_message(QueueUrl=work).get("Messages", []) == []
poison = receive(dead, VisibilityTimeout=0)[0]
assert poison["Attributes"]["DeadLetterQueueSourceArn"] == work_arn
task = sqs.start_message_move_task(SourceArn=dead_arn)["TaskHandle"]
assert task
assert receive(work)[0]["Body"] == "poison"
refused("AWS.SimpleQueueService.NonExistentQueue", sqs.get_queue_url, QueueName="there-is-none")
refused("InvalidParameterValue", sqs.receive_message, QueueUrl=work, MaxNumberOfMessages=11)

# The resource interface, and a topic that fans out to two queues.
topic = boto3.resource("sns").create_topic(Name=f"boto-{run}")
queues = [boto3.resource("sqs").create_queue(QueueName=f"boto-{name}-{run}") for name in ("email", "partner")]
for queue in queues:
    topic.subscribe(Protocol="sqs", Endpoint=queue.attributes["QueueArn"], Attributes={"RawMessageDelivery": "true"})
topic.publish(Message="confirmed", MessageAttributes={"n": {"DataType": "Number", "StringValue": "1"}})
for queue in queues:
    message, = queue.receive_messages(WaitTimeSeconds=5, MessageAttributeNames=["All"])
    assert (message.body, message.message_attributes["n"]["StringValue"]) == ("confirmed", "1")
    message.delete()
assert len([s for page in sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic.arn) for s in page["Subscriptions"]]) == 2
refused("NotFound", sns.publish, TopicArn=topic.arn + "x", Message="lost")

# What the claim check and the encryption of payloads use.
s3, kms = boto3.client("s3"), boto3.client("kms")
s3.create_bucket(Bucket=f"boto-{run}")
s3.put_object(Bucket=f"boto-{run}", Key="a/b c+ü", Body=b"x" * 300_000, IfNoneMatch="*")
refused("PreconditionFailed", s3.put_object, Bucket=f"boto-{run}", Key="a/b c+ü", Body=b"y", IfNoneMatch="*")
assert s3.get_object(Bucket=f"boto-{run}", Key="a/b c+ü")["Body"].read() == b"x" * 300_000
key = kms.create_key()["KeyMetadata"]["KeyId"]
data_key = kms.generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext={"contract": "booking"})
assert kms.decrypt(CiphertextBlob=data_key["CiphertextBlob"], EncryptionContext={"contract": "booking"})["Plaintext"] == data_key["Plaintext"]
refused("InvalidCiphertextException", kms.decrypt, CiphertextBlob=data_key["CiphertextBlob"])
boto3.client("sesv2").send_email(
    FromEmailAddress="hotel@example.com", Destination={"ToAddresses": ["ada@example.com"]},
    Content={"Simple": {"Subject": {"Data": "Welcome"}, "Body": {"Text": {"Data": "Ada"}}}})
