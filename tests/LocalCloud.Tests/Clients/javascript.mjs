// AWS's own clients for JavaScript, unchanged: endpoint and keys come from the environment. They verify the MD5 of what they send and receive.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  ChangeMessageVisibilityCommand, CreateQueueCommand, DeleteMessageBatchCommand, DeleteMessageCommand, GetQueueAttributesCommand, GetQueueUrlCommand,
  ListQueuesCommand, PurgeQueueCommand, QueueDoesNotExist, ReceiveMessageCommand, SQSClient, SendMessageBatchCommand, SendMessageCommand, TagQueueCommand,
  ListQueueTagsCommand, DeleteQueueCommand,
} from "@aws-sdk/client-sqs";
import {
  CreateTopicCommand, DeleteTopicCommand, GetSubscriptionAttributesCommand, ListSubscriptionsByTopicCommand, NotFoundException, PublishBatchCommand,
  PublishCommand, SNSClient, SubscribeCommand, UnsubscribeCommand,
} from "@aws-sdk/client-sns";

const sqs = new SQSClient({ maxAttempts: 1 });
const sns = new SNSClient({ maxAttempts: 1 });
const run = randomUUID().slice(0, 8);
const arnOf = async (url) =>
  (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn"] }))).Attributes.QueueArn;
const receive = async (url, count = 10, wait = 5) => (await sqs.send(new ReceiveMessageCommand({
  QueueUrl: url, MaxNumberOfMessages: count, WaitTimeSeconds: wait, MessageSystemAttributeNames: ["All"], MessageAttributeNames: ["All"],
}))).Messages ?? [];

// A standard queue: every kind of attribute, a batch that fails in part, visibility, deletion.
const { QueueUrl: work } = await sqs.send(new CreateQueueCommand({ QueueName: `js-${run}`, Attributes: { VisibilityTimeout: "30" }, tags: { team: "bookings" } }));
assert.equal((await sqs.send(new GetQueueUrlCommand({ QueueName: `js-${run}` }))).QueueUrl, work);
assert.deepEqual((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: `js-${run}` }))).QueueUrls, [work]);
await sqs.send(new TagQueueCommand({ QueueUrl: work, Tags: { stage: "local" } }));
assert.deepEqual((await sqs.send(new ListQueueTagsCommand({ QueueUrl: work }))).Tags, { team: "bookings", stage: "local" });
await sqs.send(new SendMessageCommand({
  QueueUrl: work,
  MessageBody: "Zimmer für Ada 🛏",
  MessageAttributes: {
    text: { DataType: "String", StringValue: "é" },
    number: { DataType: "Number", StringValue: "3.14" },
    bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) },
  },
}));
const [first] = await receive(work);
assert.equal(first.Body, "Zimmer für Ada 🛏");
assert.deepEqual([...first.MessageAttributes.bytes.BinaryValue], [0, 255]);
assert.equal(first.Attributes.ApproximateReceiveCount, "1");
await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: work, ReceiptHandle: first.ReceiptHandle, VisibilityTimeout: 0 }));
const [again] = await receive(work);
assert.equal(again.Attributes.ApproximateReceiveCount, "2");
await sqs.send(new DeleteMessageCommand({ QueueUrl: work, ReceiptHandle: again.ReceiptHandle }));
const batch = await sqs.send(new SendMessageBatchCommand({
  QueueUrl: work, Entries: [{ Id: "good", MessageBody: "x" }, { Id: "bad", MessageBody: "\u0001" }],
}));
assert.deepEqual(batch.Successful.map((entry) => entry.Id), ["good"]);
assert.equal(batch.Failed[0].Code, "InvalidMessageContents");
assert.equal(batch.Failed[0].SenderFault, true);
const good = await receive(work);
await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: work, Entries: good.map((m, i) => ({ Id: `${i}`, ReceiptHandle: m.ReceiptHandle })) }));
await assert.rejects(sqs.send(new GetQueueUrlCommand({ QueueName: "there-is-none" })), QueueDoesNotExist);

// A FIFO topic to a FIFO queue: order within a group, duplicates absorbed.
const { QueueUrl: ledger } = await sqs.send(new CreateQueueCommand({ QueueName: `js-${run}.fifo`, Attributes: { FifoQueue: "true" } }));
const { TopicArn: ordered } = await sns.send(new CreateTopicCommand({ Name: `js-${run}.fifo`, Attributes: { FifoTopic: "true", ContentBasedDeduplication: "true" } }));
await sns.send(new SubscribeCommand({ TopicArn: ordered, Protocol: "sqs", Endpoint: await arnOf(ledger), Attributes: { RawMessageDelivery: "true" } }));
for (const text of ["1", "2", "2", "3"]) await sns.send(new PublishCommand({ TopicArn: ordered, Message: text, MessageGroupId: "booking" }));
assert.deepEqual((await receive(ledger)).map((m) => m.Body), ["1", "2", "3"]);

// A standard topic: filter policy, envelope, batch, what is not there.
const { TopicArn: events } = await sns.send(new CreateTopicCommand({ Name: `js-${run}` }));
const { SubscriptionArn } = await sns.send(new SubscribeCommand({
  TopicArn: events, Protocol: "sqs", Endpoint: await arnOf(work), ReturnSubscriptionArn: true, Attributes: { FilterPolicy: JSON.stringify({ type: ["confirmed"] }) },
}));
assert.equal((await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes.PendingConfirmation, "false");
const type = (value) => ({ type: { DataType: "String", StringValue: value } });
const published = await sns.send(new PublishBatchCommand({
  TopicArn: events,
  PublishBatchRequestEntries: [
    { Id: "a", Message: "for e-mail", Subject: "Hello", MessageAttributes: type("confirmed") },
    { Id: "b", Message: "for nobody", MessageAttributes: type("rejected") },
  ],
}));
assert.equal(published.Successful.length, 2);
const [delivered, ...none] = await receive(work);
assert.equal(none.length, 0);
const envelope = JSON.parse(delivered.Body);
assert.equal(envelope.Message, "for e-mail");
assert.equal(envelope.Subject, "Hello");
assert.equal(envelope.MessageAttributes.type.Value, "confirmed");
assert.equal((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: events }))).Subscriptions.length, 1);
await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
await sns.send(new DeleteTopicCommand({ TopicArn: events }));
await assert.rejects(sns.send(new PublishCommand({ TopicArn: events, Message: "late" })), NotFoundException);

await sqs.send(new PurgeQueueCommand({ QueueUrl: work }));
await sqs.send(new DeleteQueueCommand({ QueueUrl: work }));
